"""The words by which the names of columns tell what they hold, in Spanish and English, without accents."""

from data.ingest.names import TOTAL

WORDS: dict[str, frozenset[str]] = {
    part: frozenset(words.split())
    for part, words in {
        "place": "place lugar municipio municipality municipios ciudad city ciudades distrito district barrio neighbourhood neighborhood "
        "comuna localidad territorio entidad msa metro alcaldia parroquia ayuntamiento zona nombre name provincia departamento "
        "estado state region country pais canton concejo partido entity",
        "indicator": "indicator indicador indicadores indicators variable serie series kpi metric metrica concepto",
        "period": "ano year mes month fecha date periodo period trimestre quarter semestre dia day semana week tiempo time ejercicio fy",
        "part": "mes month meses trimestre quarter semestre",
        "month": "mes month meses",
        "value": "valor value dato cifra cantidad importe resultado obs observacion amount medicion",
        "numerator": "numerador numerator",
        "denominator": "denominador denominator",
        "segment": "segmento segment",
        "code": "codigo code cod id ine fips clave ubigeo divipola postal geoid iso cve cbsa codi",
        "rank": "rank ranking puesto posicion",
        "located": "lat latitude latitud lon lng longitud longitude geom geometry coordenadas geo",
        "unit": "unidad unit units medida",
        "note": "nota notas note notes comentario comentarios comments observaciones fuente source",
        "dimension": "sexo sex genero gender edad age edades nacionalidad nationality grupo group disaggregation "
        "desagregacion desglose breakdown",
    }.items()
}
DIMENSIONS = {"sexo": "sex", "genero": "sex", "gender": "sex", "sex": "sex", "edad": "age", "edades": "age", "age": "age"}
ALL = TOTAL.pattern + r"|ambos( sexos)?|both( sexes)?|todas las edades|all ages|conjunto"
"""How the parts of a dimension are called when all of them are meant."""
MOST_PARTS = 1000
"""A column with more different texts is no dimension of segments."""
