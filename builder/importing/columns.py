"""Names of table columns, in many languages, and the keys that they stand for."""

import re

TIMELINE, ACTORS, SOURCES, QUOTES = "timeline", "actors", "sources", "quotes"

_TIMELINE = {
    "when": "when when_did_it_happen when_was_it date dates day start begin beginning start_date date_start begin_date datum tag beginn anfang fecha data дата 日期 日付 年月日 dato pvm päivämäärä تاريخ datetime timestamp zeitstempel horodateur marca_temporal "
    "event_date date_of_event exact_date from von",
    "end": "end end_date date_end to bis ende enddatum fin finish until date_fin fecha_fin конец",
    "time": "time uhrzeit zeit heure hora ora время start_time",
    "end_time": "end_time",
    "year": "year jahr année annee año ano anno год 年 year_start start_year",
    "month": "month monat mois mes mese месяц 月",
    "day": "day_of_month jour día dia giorno 日",
    "end_year": "end_year year_end",
    "end_month": "end_month",
    "end_day": "end_day",
    "says": "display_date date_display date_text",
    "title": "title event acontecimiento suceso hecho hechos acontecimento gebeurtenis händelse hendelse begivenhed wydarzenie olay udalost událost what name headline titel ereignis überschrift titre événement evenement título titulo evento titolo событие заголовок название 事件 标题 標題 出来事 tapahtuma "
    "عنوان حدث happening topic heading what_happened event_title event_name event_description was_geschah was_ist_passiert was_passierte que_s’est-il_passé qué_pasó cosa_è_successo что_произошло",
    "text": "text description desc details detail notes note summary content body beschreibung inhalt anmerkung détails descripción descrizione описание 内容 描述 說明 説明 kuvaus وصف",
    "sources": "source sources bron bronnen källa källor kilde kilder źródło źródła kaynak zdroj quelle quellen fuente fuentes fonte источник источники 来源 來源 出典 lähde مصدر citation reference references beleg record primary_source",
    "url": "url link links source_url quellenlink href web website adresse lien enlace ссылка source_link",
    "actors": "actors actor who people person persons wer akteure personen acteurs quién кто 人物 involved who_was_involved participants beteiligte beteiligter beteiligte_personen participantes participants_impliqués partecipanti betrokkenen",
    "place": "place location plaats plats sted miejsce yer místo where where_did_it_happen where_was_it ort wo lieu lugar luogo место 地点 地點 場所 city venue paikka مكان",
    "coordinates": "coordinates latlon lat_lon koordinaten coordonnées coordenadas",
    "latitude": "latitude lat breitengrad latitud latitudine",
    "longitude": "longitude lon lng long längengrad longitud longitudine",
    "status": "status certainty",
    "short": "short",
    "actor_ids": "actor_ids",
    "source_ids": "source_ids",
    "by": "by according_to claimed_by laut selon",
    "id": "id",
    "same_as": "same_as wikidata wikidata_id qid",
}
_ACTORS = {
    "name": "name full_name fullname who person actor nom nombre nome имя 姓名 名前 nimi اسم display_name naam",
    "described_as": "described_as",
    "alias": "alias aliases aka other_names also_known_as weitere_namen",
    "weak_alias": "weak_alias",
    "role": "role office position title job job_title function amt rolle funktion fonction poste cargo ruolo должность 职位 職位 役職 post",
    "of": "of organisation organization org company body institution employer party einrichtung organización organizzazione организация 组织 組織 所属 affiliation firma entreprise",
    "of_id": "of_id",
    "from": "from since start start_date begin von seit ab depuis desde dal с 开始 from_date",
    "to": "to until end end_date bis jusqu’à hasta al по 结束 to_date",
    "type": "type kind art typ тип schema",
    "same_as": "wikidata same_as wikidata_id qid wikidata_item",
    "text": "description bio biography about notes note beschreibung biographie описание text",
    "here": "here role_here",
    "knows_because": "knows_because",
    "anonymity_reason": "anonymity_reason",
    "count": "count",
    "id": "id slug",
}
_SOURCES = {
    "title": "title headline name titel titre título titulo titolo название 标题 document",
    "publisher": "publisher outlet newspaper medium publication site verlag zeitung éditeur editorial источник издание 媒体 herausgeber source media",
    "authors": "author authors by byline autor autoren auteur auteurs autores автор 作者",
    "url": "url link address href web website adresse lien ссылка",
    "archived": "archived archive archive_url archived_url wayback archiv",
    "published": "published date publication_date date_published date_of_publication publish_date pub_date published_on published_at issued erscheinungsdatum erschienen veröffentlichungsdatum date_de_publication fecha_de_publicación day datum fecha data дата 日期 veröffentlicht",
    "accessed": "accessed access_date date_of_access accessed_on zugriff zugriffsdatum abrufdatum consulté_le fecha_de_acceso retrieved abgerufen consulté date_accessed",
    "lang": "lang language sprache langue idioma язык 语言",
    "note": "note notes description comment anmerkung remarque nota summary",
    "id": "id key slug",
}
_QUOTES = {
    "text": "quote quotes words text zitat wortlaut citation cita citazione цитата 引文 引用 statement",
    "speaker": "speaker who said_by by person name sprecher wer auteur locuteur hablante кто 说话人 發言人 発言者 author attributed_to",
    "speaker_ids": "speaker_ids",
    "source_ids": "source_ids",
    "said": "said when date day datum fecha data дата 日期",
    "via": "source sources via outlet publication newspaper zeitung quelle quellen fuente fonte источник 来源",
    "url": "url link links source_url quellenlink href website adresse lien enlace ссылка source_link",
    "to": "to said_to an",
    "medium": "medium how",
    "note": "note notes context anmerkung kontext comment",
    "lang": "lang language sprache",
    "mode": "mode",
    "rules": "rules ground_rules",
    "cert": "cert",
    "resp": "resp",
    "id": "id",
}


WEAK = frozenset({"timestamp", "zeitstempel", "horodateur", "marca temporal", "from", "von", "to", "bis"})
"""Columns that are dates only where no other column is one: when a form was sent; from and to, which may be people."""

_STATUSES = {
    "occurred": "geschehen erfolgt stattgefunden survenu ocurrido avvenuto gebeurd произошло",
    "ongoing": "laufend andauernd en-cours en-curso in-corso lopend",
    "planned": "geplant prévu planeado planificado previsto pianificato gepland запланировано announced scheduled upcoming",
    "expected": "erwartet attendu esperado atteso verwacht ожидается anticipated likely forecast pending predicted",
    "conditional": "bedingt hypothetical",
    "alleged": "behauptet angeblich mutmaßlich allégué présumé presunto supuesto alegado vermeend предполагаемый claimed reported rumored rumoured suspected "
    "unconfirmed unverified",
    "denied": "bestritten dementiert démenti nié desmentido negado smentito ontkend отрицается refuted rejected",
    "disputed": "umstritten strittig contesté disputado controvertido contestato betwist спорный contested contradicted",
    "cancelled": "abgesagt annulé cancelado annullato afgelast geannuleerd отменено canceled called-off abandoned scrapped",
    "postponed": "verschoben vertagt ajourné aplazado pospuesto rinviato uitgesteld отложено delayed",
}
STATUS_WORDS = {word: status for status, words in _STATUSES.items() for word in words.split()}
"""What tables call a status in other words: word, with hyphens → status."""


def normalize_name(name: str) -> str:
    """Return the name of a column as it is compared: small letters, one space between words."""
    return " ".join(re.sub(r"[\s_\-.:()?¿!*]+", " ", name).split()).casefold()


def has_event_columns(names: set[str]) -> bool:
    """Return whether columns are of events that have a name: with a date, and none of an office."""
    return bool(names & {"date", "begin", "start", "year", "datum", "jahr"}) and not names & {
        "role",
        "office",
        "position",
        "organisation",
        "organization",
        "wikidata",
    }


def _table(words: dict[str, str]) -> dict[str, str]:
    return {normalize_name(name): key for key, names in words.items() for name in (*names.split(), key)}


NAMES = {TIMELINE: _table(_TIMELINE), ACTORS: _table(_ACTORS), SOURCES: _table(_SOURCES), QUOTES: _table(_QUOTES)}
"""By kind of table: name of a column → key."""

KEYS = {TIMELINE: tuple(_TIMELINE), ACTORS: tuple(_ACTORS), SOURCES: tuple(_SOURCES), QUOTES: tuple(_QUOTES)}
"""What `--map` may lead to."""


def detect_kind(header: list[str]) -> str:
    """Return what the rows of a table are, by the names of its columns; "" if they do not show it."""
    names = {normalize_name(name) for name in header}
    found = {kind: {key for name, key in table.items() if name in names} for kind, table in NAMES.items()}
    spoken = {normalize_name(name) for name in ["quote", "quotes", "words", "zitat", "wortlaut", "cita", "citazione", "цитата", "引文"]}
    if names & spoken and "speaker" in found[QUOTES]:
        return QUOTES
    dated = found[TIMELINE] & {"when", "year"} or ("time" in found[TIMELINE] and "title" in found[TIMELINE])
    if (
        "name" in found[ACTORS]
        and not has_event_columns(names)
        and found[ACTORS] & {"role", "of", "same_as", "alias", "from", "to"}
        and not names & {"event", "ereignis"}
    ):
        return ACTORS
    if (
        {"title", "url"} <= found[SOURCES]
        and found[SOURCES] & {"publisher", "authors", "accessed", "archived"}
        and not names & {"event", "ereignis"}
        and "source" not in names
    ):
        return SOURCES
    if dated and found[TIMELINE] & {"title", "text"}:
        return TIMELINE
    return ""
