package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.wording.Sentence;

/**
 * Finds the records of a JSON text that is neither STIX nor MISP: lists of objects under usual names (OTX, TheHive,
 * abuse.ch, VirusTotal), lists of texts, and lists by number as in dumps of abuse.ch.
 */
public final class JsonRecords {

    /** Names of members that hold the records. */
    private static final Set<String> LISTS = Set.of(
            ("observables artifacts indicators iocs ioc data items results result entries attributes hits records values"
                            + " attribute objects list rows pulses urls domains ips ip hashes md5 sha1 sha256 emails hostnames hosts url"
                            + " domain email files value response alerts threats feed blocklist blacklist"
                            + " resources payloads reports decisions case edges node stixcyberobservables")
                    .split(" "));

    /** Members of what holds records that are true of each. */
    private static final Map<String, String> INHERITED = Map.of(
            "tags", "tags", "tlp", "tlp", "TLP", "tlp", "name", "name", "title", "name", "description", "description");

    /** Members that are about the list and its pages. */
    private static final Set<String> OF_PAGES =
            Set.of("count", "next", "previous", "prev", "page", "pages", "total", "limit", "offset", "per_page");

    /** Members whose own members are those of the record. */
    private static final Set<String> WRAPPERS = Set.of("attributes", "properties", "_source");

    /** How many places without a value are named. */
    private static final int MOST_NAMED = 5;

    /** After the names of members with members of their own, which no cell can hold. */
    private static final String NESTED = " (nested)";

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int DEEPEST = 6;

    /** Longest way to a member that is taken apart. */
    private static final int MAX_PATH = 60;

    private final List<JsonRecord> records = new ArrayList<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final List<String> withoutValue = new ArrayList<>();

    /**
     * A record.
     *
     * @param where where it stands, for people: a JSON pointer or a line
     * @param cells by the names of its members
     */
    public record JsonRecord(String where, Map<String, String> cells) {}

    /**
     * What a text has.
     *
     * @param unused what is not used of it, beside the cells of records: for people
     */
    public record Found(List<JsonRecord> records, List<Sentence> unused) {

        public Found {
            records = List.copyOf(records);
            unused = List.copyOf(unused);
        }
    }

    private JsonRecords() {}

    /**
     * The records of a text.
     *
     * @throws UnusableCell when it has none: says what it looks like
     */
    public static Found of(Json text) throws UnusableCell {
        if (text instanceof JsonObject object && isMispManifest(object)) {
            throw new UnusableCell(FileFault.MISP_MANIFEST.of(object.name(0) + ".json"));
        }
        if (text instanceof JsonObject object && ForeignForm.isHarmless(object.names())) {
            throw new UnusableCell(ForeignForm.json(object.names()));
        }
        JsonRecords found = new JsonRecords();
        found.walk(text, "", "", Map.of(), 0);
        if (found.records.isEmpty()) {
            boolean empty = (text instanceof JsonArray array && array.items().isEmpty())
                    || (text instanceof JsonObject object
                            && object.names().stream()
                                    .anyMatch(name -> LISTS.contains(name)
                                            && object.get(name) instanceof JsonArray list
                                            && list.items().isEmpty()));
            if (empty) {
                return new Found(List.of(), List.of());
            }
            throw new UnusableCell(ForeignForm.json(names(text)));
        }
        return new Found(found.records, found.notUsed());
    }

    /** The names of the members of a text, or of the first object of a list. */
    private static List<String> names(Json text) {
        return switch (text) {
            case JsonObject object -> object.names();
            case JsonArray list when list.items().getFirst() instanceof JsonObject first -> first.names();
            default -> List.of();
        };
    }

    private List<Sentence> notUsed() {
        List<Sentence> all = new ArrayList<>();
        if (!unused.isEmpty()) {
            all.add(ImportSentence.UNUSED_MEMBERS.of(String.join(", ", unused)));
        }
        if (!withoutValue.isEmpty()) {
            int more = withoutValue.size() - MOST_NAMED;
            String named = String.join(", ", withoutValue.subList(0, Math.min(MOST_NAMED, withoutValue.size())));
            all.add(
                    more > 0
                            ? ImportSentence.MORE_WITHOUT_VALUE.of(named, more)
                            : ImportSentence.OBJECTS_WITHOUT_VALUE.of(named));
        }
        return all;
    }

    /** The cells of a record; members of {@code attributes} count as its own. */
    public static Map<String, String> cells(JsonObject object) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            if (name.equals("threat")
                    && object.value(i) instanceof JsonObject threat
                    && threat.get("indicator") instanceof JsonObject indicator) {
                flatten(indicator, "", cells); // the common schema of Elastic
                if (threat.size() > 1) {
                    cells.put(name + NESTED, "");
                }
            } else if (object.value(i) instanceof JsonObject inner && WRAPPERS.contains(name)) {
                cells(inner).forEach(cells::putIfAbsent);
            } else if (object.value(i) instanceof JsonObject inner
                    && name.equals("attachment")
                    && inner.get("hashes") instanceof JsonArray hashes
                    && !object.has("data")) {
                cell(hashes).ifPresent(all -> cells.put("data", all)); // TheHive: the hashes of one file
                inner.string("name").ifPresent(file -> cells.put("file_name", file));
            } else {
                Optional<String> cell = cell(object.value(i));
                if (cell.isPresent()) {
                    cells.put(name, cell.get());
                } else if (hasMembers(object.value(i)) && HeaderWords.limits(name)) {
                    cells.put(name, NESTED.strip()); // the record is refused rather than shared without its limit
                } else if (hasMembers(object.value(i))) {
                    cells.put(name + NESTED, ""); // is named as not used
                }
            }
        }
        return cells;
    }

    /** Members of members, with the names on the way between dots. */
    private static void flatten(JsonObject object, String before, Map<String, String> cells) {
        for (int i = 0; i < object.size(); i++) {
            String name = before + object.name(i);
            if (object.value(i) instanceof JsonObject inner && before.length() < MAX_PATH) {
                flatten(inner, name + '.', cells);
            } else {
                Optional<String> cell = cell(object.value(i));
                if (cell.isPresent() || hasMembers(object.value(i))) {
                    boolean limits = cell.isEmpty() && HeaderWords.limits(name);
                    cells.put(
                            cell.isPresent() || limits ? name : name + NESTED,
                            cell.orElse(limits ? NESTED.strip() : ""));
                }
            }
        }
    }

    private static boolean hasMembers(Json value) {
        return (value instanceof JsonArray list && !list.items().isEmpty())
                || (value instanceof JsonObject object && object.size() > 0);
    }

    private static Optional<String> cell(Json value) {
        return switch (value) {
            case JsonString text -> Optional.of(text.value());
            case JsonNumber number ->
                Optional.of(number.integer() ? String.valueOf(number.longValue()) : String.valueOf(number.value()));
            case JsonBoolean flag -> Optional.of(String.valueOf(flag.value()));
            case JsonArray list ->
                list.items().stream().map(JsonRecords::text).allMatch(Optional::isPresent)
                        ? Optional.of(list.items().stream()
                                .map(item -> text(item).orElseThrow())
                                .collect(Collectors.joining("|")))
                        : Optional.empty();
            case JsonObject _ -> text(value);
            default -> Optional.empty();
        };
    }

    /** A text, or that of an object with a value or a name, as labels are written. */
    private static Optional<String> text(Json value) {
        return switch (value) {
            case JsonString text -> Optional.of(text.value());
            case JsonObject inner ->
                inner.string("value")
                        .or(() -> inner.string("name"))
                        .or(() -> inner.string("definition")) // a marking of OpenCTI
                        .or(() -> inner.string("tlp"))
                        .or(() -> inner.object("node").flatMap(JsonRecords::text))
                        .or(() -> inner.get("edges") instanceof JsonArray list ? cell(list) : Optional.empty());
            default -> Optional.empty();
        };
    }

    /** Members named by UUID, each about an event. */
    private static boolean isMispManifest(JsonObject object) {
        return object.size() > 0
                && object.names().stream().allMatch(name -> UUID.matcher(name).matches())
                && object.value(0) instanceof JsonObject event
                && (event.has("Orgc") || event.has("info"));
    }

    private void walk(Json json, String pointer, String name, Map<String, String> inherited, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (json) {
            case JsonArray list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    item(list.items().get(i), pointer + '/' + i, name, inherited, depth);
                }
            }
            case JsonObject object -> object(object, pointer, name, inherited, depth);
            default -> {}
        }
    }

    private void item(Json item, String pointer, String name, Map<String, String> inherited, int depth) {
        if (item instanceof JsonString text) {
            boolean kinds = !name.isEmpty()
                    && TypeWords.of(name).filter(TypeWords.Meaning::held).isPresent();
            Map<String, String> cells = new LinkedHashMap<>();
            cells.put("value", text.value());
            if (kinds) {
                cells.put("type", name);
            }
            inherit(cells, inherited);
            records.add(new JsonRecord(pointer, cells));
        } else {
            walk(item, pointer, name, inherited, depth + 1);
        }
    }

    private void object(JsonObject object, String pointer, String name, Map<String, String> inherited, int depth) {
        Map<String, String> passed = new LinkedHashMap<>(inherited);
        List<String> lists = new ArrayList<>();
        boolean numbered = object.size() > 0;
        for (int i = 0; i < object.size(); i++) {
            String member = object.name(i);
            Json value = object.value(i);
            passed(member, value).ifPresent(text -> passed.put(INHERITED.getOrDefault(member, member), text));
            boolean structured = value instanceof JsonObject
                    || (value instanceof JsonArray list && !list.items().isEmpty());
            if (structured && isList(member) && !(value instanceof JsonObject && WRAPPERS.contains(member))) {
                lists.add(member);
            }
            numbered &= structured && member.chars().allMatch(Character::isDigit);
        }
        Map<String, String> cells = cells(object);
        if (numbered) {
            object.names()
                    .forEach(member -> walk(object.get(member), pointer + '/' + member, name, inherited, depth + 1));
        } else if (!lists.isEmpty() && isListsOfTexts(object, lists) && depth > 0 && LISTS.contains(name)) {
            lists.forEach(member -> walk(object.get(member), pointer + '/' + member, member, passed, depth + 1));
        } else if (!lists.isEmpty()
                && (depth == 0 || lists.stream().anyMatch(member -> holdsObjects(object, member)))) {
            for (int i = 0; i < object.size(); i++) {
                around(object.name(i), object.value(i), lists);
            }
            lists.forEach(member -> walk(object.get(member), pointer + '/' + member, member, passed, depth + 1));
        } else if (hasValue(object, cells)) {
            inherit(cells, inherited);
            // The pointer of the whole text is empty, which says nothing to people.
            records.add(new JsonRecord(pointer.isEmpty() ? "the only record" : pointer, cells));
        } else if (depth > 0) {
            withoutValue.add(pointer);
        }
    }

    /** Gives a record what is true of each, where it says nothing of that itself. */
    private static void inherit(Map<String, String> cells, Map<String, String> inherited) {
        inherited.forEach((name, value) -> {
            boolean own = cells.entrySet().stream()
                    .anyMatch(cell -> !cell.getValue().isBlank() && HeaderWords.limitsAlike(cell.getKey(), name));
            if (!own && cells.getOrDefault(name, "").isBlank()) {
                cells.put(name, value);
            }
        });
    }

    /** Takes notice of a member of what holds records that is neither a list of them nor true of each. */
    private void around(String member, Json value, List<String> lists) {
        boolean inherited = passed(member, value).isPresent();
        boolean says =
                hasMembers(value) || cell(value).filter(text -> !text.isBlank()).isPresent();
        if (says && !inherited && !lists.contains(member) && !OF_PAGES.contains(member)) {
            unused.add('"' + member + '"');
        }
    }

    /**
     * What a member around records says of each of them: names and labels, and what limits them where it is readable.
     */
    private static Optional<String> passed(String member, Json value) {
        Optional<String> cell = cell(value).filter(text -> !text.isBlank());
        if (INHERITED.containsKey(member)) {
            return cell;
        }
        return cell.or(() -> hasMembers(value) ? Optional.of(NESTED.strip()) : Optional.empty())
                .filter(text -> HeaderWords.inherits(member, text));
    }

    private static boolean isList(String member) {
        return LISTS.contains(member.toLowerCase(Locale.ROOT))
                || TypeWords.of(member)
                        .filter(meaning -> meaning.held() && !meaning.kinds().isEmpty())
                        .isPresent();
    }

    /** As a pulse without indicators has. */
    private static boolean isEmptyList(Json value) {
        return value instanceof JsonArray list && list.items().isEmpty();
    }

    /** Whether an object has nothing but lists of texts by kinds, such as hashes by their names. */
    private static boolean isListsOfTexts(JsonObject object, List<String> lists) {
        return lists.size() == object.size()
                && lists.stream()
                        .allMatch(member -> object.get(member) instanceof JsonArray list
                                && list.items().stream().allMatch(JsonString.class::isInstance)
                                && TypeWords.of(member)
                                        .filter(TypeWords.Meaning::held)
                                        .isPresent());
    }

    private static boolean holdsObjects(JsonObject object, String member) {
        return object.get(member) instanceof JsonArray list
                ? list.items().getFirst() instanceof JsonObject
                : object.get(member) instanceof JsonObject inner
                        && (member.equals("node") || inner.get("edges") instanceof JsonArray);
    }

    /** Whether an object is a record: a name in it is that of a column of values. */
    private static boolean hasValue(JsonObject object, Map<String, String> cells) {
        if (virusTotal(object, cells)) {
            return true;
        }
        return cells.keySet().stream().anyMatch(name -> HeaderWords.namesValues(name) && !isEmptyList(object.get(name)))
                || (cells.containsKey("data") && (cells.containsKey("dataType") || cells.containsKey("type")))
                || cells.containsKey("address");
    }

    /** Whether no scanner of VirusTotal found anything. */
    private static boolean isHarmless(JsonObject object) {
        return object.object("attributes")
                .flatMap(attributes -> attributes.object("last_analysis_stats"))
                .filter(stats -> stats.get("malicious") instanceof JsonNumber malicious
                        && malicious.value() == 0
                        && !(stats.get("suspicious") instanceof JsonNumber suspicious && suspicious.value() > 0))
                .isPresent();
    }

    /** An object of VirusTotal: its id is the value, its hashes are of one file. */
    private static boolean virusTotal(JsonObject object, Map<String, String> cells) {
        String type = object.string("type").orElse("");
        if (object.object("attributes").isEmpty() || !object.has("id")) {
            return false;
        }
        String value =
                switch (type) {
                    case "file" -> cells.getOrDefault("sha256", cells.get("id"));
                    case "domain", "ip_address" -> cells.get("id");
                    case "url" -> cells.getOrDefault("url", "");
                    default -> "";
                };
        if (value.isEmpty()) {
            return false;
        }
        Map<String, String> kept = new LinkedHashMap<>();
        if (type.equals("file")) {
            kept.put("sha256", value);
            for (String hash : List.of("sha1", "md5")) {
                if (cells.containsKey(hash)) {
                    kept.put(hash, cells.get(hash));
                }
            }
            Optional.ofNullable(cells.get("meaningful_name")).ifPresent(known -> kept.put("file_name", known));
        } else {
            kept.put("value", value);
            kept.put("type", type.replace("ip_address", "ip"));
        }
        Optional.ofNullable(cells.get("tags"))
                .filter(tags -> !tags.isEmpty())
                .ifPresent(tags -> kept.put("tags", tags));
        if (isHarmless(object)) {
            kept.put("verdict", "harmless");
        }
        if (!cells.keySet().stream().allMatch(name -> kept.containsKey(name) || name.equals("id"))) {
            kept.put("other attributes" + NESTED, "");
        }
        cells.clear();
        cells.putAll(kept);
        return true;
    }
}
