"""Invented plan files in the formats that we read, with every trap that real ones have."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from data.access import Actor, Role
from data.city import Area
from data.people import PROGRAM, actor, add_person
from data.places import Place
from data.plan_files.exporting import Written, export
from data.plan_files.formats import read, read_by_map
from data.plan_files.kept import Kept, kept
from data.plan_files.plan_map import Said
from data.plan_files.reading_rows import Setting
from data.plans.adopting import adopt
from data.plans.document import NodeEntry, PlanDocument
from data.records.records import Records

DAY = date(2026, 6, 30)
SETTING = Setting(
    "aurora",
    "EUR",
    (
        Place(id="aurora", name="Aurora"),
        Place(id="centro", name={"es": "Centro", "en": "Old Centre"}, kind="district", parent="aurora"),
    ),
    (Area(id="works", name={"es": "Obras", "en": "Works"}), Area(id="parks", name="Parques")),
    ladders=("build", "service"),
)

GOBIERTO = (
    '"Level 0","Level 1","Node.external_id","Node.Title","Node.Status","Node.Start","Node.End","Node.Progress","Node.status","Node.theme"\n'
    '"Eje 1. Agua","Línea ""Ríos""","007","<p>Limpiar el <b>río</b></p>","En Marxa","01/02/2025","31/12/2026","50,00%","x","Mammal,Dog"\n'
    '"Eje 1. Agua","Línea ""Ríos""",,"Plantar árboles","Finalitzat",,,"100,00%",,\n'
    '"Eje 1. Agua","Línea de fuentes","009","Reparar\nfuentes","Planificada",2025-03-01,2025-04-01,0,,"a, b"\n'
    '"Eje 2. Calles","Línea vacía",,,,,,,,\n'
    '"Eje 2. Calles","Línea de aceras","010","Ensanchar aceras","Wadus",,,"120%",,\n'
)
DECIDIM_A = (
    "id;category/id;category/name/es;category/name/en;scope/id;scope/name/es;parent/id;title/es;title/en;description/es;description/en;"
    "start_date;end_date;status/id;status/key;status/name/es;progress;created_at;url;component/id;proposal_urls\n"
    ";;;;;;;;;;;;;;;;;;;;\n"
    '12;;"";"";;"";11;Carril bici;Bike lane;"<p>Uno &amp; dos</p>";<p>One</p>;2025-01-10;2025-12-20;2;on;En ejecución;40.0;'
    '2025-01-01 10:00:00 UTC;https://d.example/r/12;7;"https://d.example/proposals/41, https://d.example/proposals/123"\n'
    '13;;"";"";;"";11;Aparcamiento;;;;2025-01-10;;3;off;Finalizada;100.0;2025-01-01 10:00:00 UTC;https://d.example/r/13;7;""\n'
    '11;5;Movilidad;Mobility;9;Centro;;Calles;Streets;"<p>Con ; y ""comillas""</p>";;2025-01-01;2026-01-01;;;;;'
    '2025-01-01 10:00:00 UTC;https://d.example/r/11;7;""\n'
)
DECIDIM_B = (
    "id;taxonomies/name/es;parent/id;title/es;title/pt-BR;description/es;start_date;end_date;status/id;status/key;status/name/es;progress;"
    "created_at;updated_at;url;component/id;proposal_urls;reference;children_count;comments_count;address;latitude;longitude\n"
    "2;Agua;1;Pozo;Poço;;2025-01-01;2025-12-31;1;x;Suspendida;10.5;;;u;7;;ref-2;0;3;Calle 1;40.5;-3.7\n"
    "1;Agua;;Fuentes;;;2025-01-01;2025-12-31;1;x;;;;;u;7;;ref-1;1;0;;;\n"
)
DECIDIM_C = (
    "result_id,decidim_category_id,decidim_scope_id,parent_id,external_id,start_date,end_date,decidim_accountability_status_id,progress,"
    "proposal_ids,title_es,title_ca,description_es,description_ca\r\n"
    "1,1,1,,e1,2017-06-10,2017-09-30,1,25.0,,Parques,Parcs,D,D\r\n"
    '2,,,1,e2,2017-08-16,2017-10-20,1,29.0,1;2;3,"Bancos, mesas",Bancs,D,D\r\n'
)
DECIDIM_D = (
    "result_id,decidim_category_id,decidim_scope_id,parent_id,external_id,parent_external_id,start_date,end_date,"
    "decidim_accountability_status_id,progress,proposal_ids,title_ca,title_es,description_ca,description_es,weighted_progress,"
    "relative_weight,PAM/PAD\n"
    ",,,,8,423,01/06/2025,01/07/2025,,100,,Resultat,Resultado,,,100,50,01. PAD AURORA\n"
    ",,,,9,423,01/09/2025,30/06/2027,,89,,Un altre,Otro,,,89,45,01. PAD AURORA\n"
)
SISPT = (
    "codigo_dane,entidad_territorial,codigo_indicador_producto,linea_estrategica,sector_mga,programa_mga,indicador_producto,personalizacion,"
    "unidad_medida,meta_cuatrienio,ods,tipo_acumulacion,programacion_2024,programacion_2025,recursos_propios_2024,sgp_salud_2024,"
    "recursos_propios_2025,total_2024,bpin\n"
    "05321,Aurora,0401102,01 Salud para todos,Salud,Salud pública,Brigadas realizadas,,Número,8,3,Flujo,2,2,1500000,250000.5,2000000,"
    "1750000.5,2024001\n"
    "05321,Aurora,0401102,01 Salud para todos,Salud,Salud pública,Brigadas realizadas,En escuelas,Número,4,3; 4,Flujo,1,1,,,,,\n"
    "05321,Aurora,4103052,02 Equidad,Inclusión,Atención,Hogares atendidos,,Número,90,10,Acumulado,20,20,0,,,,\n"
)


def saved(folder: Path, text: str | bytes, name: str = "plan.csv") -> Path:
    """A file with that text in UTF-8, or with those bytes."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tet(path: Path, sheets: tuple[str, ...] = ("Mode d'emploi", "Fichier d'import")) -> Path:
    """A workbook of Territoires en Transitions: a page of help, then the plan under its title, with a sub-action before its action."""
    from data.plan_files.tet import COLUMNS

    names = [f"{name} " if name in ("Partenaires", "Statut") else name for name in COLUMNS]
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets[:-1]:
            book.add_worksheet(sheet).write_string(0, 1, "Aide")
        sheet = book.add_worksheet(sheets[-1])
        sheet.write_string(0, 0, "Plan climat 2025-2030")
        sheet.write_string(0, 6, "Objectifs et indicateurs")
        for column, name in enumerate(names):
            sheet.write_string(1, column, name)
            sheet.write_string(2, column, "Champ texte")
        rows = (
            ("Axe 1. Eau", "", "", "Économiser l'eau", "Réparer les fuites", "Un", "En retard", None, None),
            ("Axe 1. Eau", "", "", "Économiser l'eau", "", "<b>Deux</b>", "En cours", 120000.5, 45992),
            ("Axe 2. Air", "Sous-axe 2.1", "", "Planter", "", "", "Abandonné", 900, None),
        )
        for number, (*texts, status, total, start) in enumerate(rows, start=3):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(number, column, text)
            sheet.write_string(number, 24, status)
            if total is not None:
                sheet.write_number(number, 23, total)
            if start is not None:
                sheet.write_number(number, 26, start, day)
    return path


def document(path: Path, kind: str = "auto", **said: str) -> PlanDocument:
    """The plan in a file."""
    return read(path, path.name, SETTING, kind, Said(**said))  # type: ignore[arg-type]


def by_map(path: Path, told: str) -> PlanDocument:
    """The plan in a file by the text of a map."""
    map_path = saved(path.parent, told, "map.yaml")
    return read_by_map(path, path.name, SETTING, map_path, "map.yaml")


def entry(found: PlanDocument, key: str) -> NodeEntry:
    """The node of a key, or of a name in any language."""
    names = {each.key: [each.name] if isinstance(each.name, str) else list(each.name.values()) for each in found.nodes}
    return next(each for each in found.nodes if each.key == key or key in names[each.key])


def office(records: Records) -> Actor:
    """Somebody who may import."""
    return actor(records, add_person(records, PROGRAM, "office", None, (Role("office"),)), DAY)


def adopted(records: Records, found: PlanDocument) -> tuple[Actor, Kept]:
    """A document in the records: who took it in, and the plan as it is kept."""
    who = office(records)
    adopt(records, who, found, datetime.fromisoformat("2026-06-30T10:00:00+00:00"))
    return who, kept(records, found.key)


def gone_out(records: Records, key: str, path: Path, kind: str) -> Written:
    """A plan of the records written to a file."""
    return export(kept(records, key), SETTING, kind, path)


def bare(found: PlanDocument) -> list[NodeEntry]:
    """The nodes without where they stood in their file, and with what the records add of their own."""
    return [replace(each, line=None, cells=None) for each in found.nodes]
