package uz.koprik.gateway.cases;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.YamlNode;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.cases.tables.CaseMapping;
import uz.koprik.indicators.cases.tables.CaseMapping.Field;
import uz.koprik.indicators.imports.TableFiles;
import uz.koprik.indicators.observable.ObservableKind;

/** Parses mappings in YAML, which includes JSON. Anything unknown is an error with its line. */
public final class MappingText {

    private static final Set<String> KEYS = Set.of(
            "separator",
            "encoding",
            "sheet",
            "header",
            "time_zone",
            "dates",
            "decimal",
            "bad_values",
            "fields",
            "values",
            "losses");

    private final String file;

    private MappingText(String file) {
        this.file = file;
    }

    /**
     * Reads a mapping.
     *
     * @param name of the mapping, for errors
     * @throws ConfigException with line, key and expected form
     */
    public static CaseMapping parse(String name, String text) throws ConfigException {
        return new MappingText(name).mapping(YamlNode.parse(name, text));
    }

    private CaseMapping mapping(YamlNode.Mapping root) throws ConfigException {
        known(root, KEYS);
        String separator = text(root, "separator", "");
        if (separator.length() > 1) {
            throw wrong(root, "separator", "is one sign, such as \";\"");
        }
        TableFiles.Form form = new TableFiles.Form(
                separator.isEmpty() ? Optional.empty() : Optional.of(separator.charAt(0)),
                charset(root),
                text(root, "sheet", ""));
        String decimal = text(root, "decimal", ".");
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw wrong(root, "decimal", "is \".\" or \",\"");
        }
        String bad = text(root, "bad_values", "refuse");
        if (!bad.equals("refuse") && !bad.equals("leave-out")) {
            throw wrong(root, "bad_values", "is refuse or leave-out");
        }
        try {
            return new CaseMapping(
                    form,
                    header(root),
                    zone(root),
                    strings(root, "dates"),
                    decimal.charAt(0),
                    fields(root),
                    values(root),
                    losses(root),
                    bad.equals("leave-out"));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file, root.line(), e.getMessage());
        }
    }

    private Charset charset(YamlNode.Mapping root) throws ConfigException {
        try {
            return root.values().containsKey("encoding")
                    ? Charset.forName(text(root, "encoding", ""))
                    : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            throw wrong(root, "encoding", "is no encoding that is known here; use utf-8, windows-1251, windows-1252 …");
        }
    }

    private ZoneId zone(YamlNode.Mapping root) throws ConfigException {
        try {
            return root.values().containsKey("time_zone") ? ZoneId.of(text(root, "time_zone", "")) : ZoneOffset.UTC;
        } catch (DateTimeException e) {
            throw wrong(root, "time_zone", "is no time zone; use names such as Asia/Tashkent");
        }
    }

    private int header(YamlNode.Mapping root) throws ConfigException {
        String text = text(root, "header", "1");
        if (!text.matches("\\d{1,3}")) {
            throw wrong(root, "header", "is the row that names the columns, from 1, or 0 when none does");
        }
        return Integer.parseInt(text);
    }

    private Map<Field, CaseMapping.Source> fields(YamlNode.Mapping root) throws ConfigException {
        Map<Field, CaseMapping.Source> fields = new EnumMap<>(Field.class);
        if (!(root.values().get("fields") instanceof YamlNode.Mapping section)) {
            throw new ConfigException(
                    file, root.line(), "fields: says which column is what, such as {number: Case no, title: Subject}");
        }
        known(section, Arrays.stream(Field.values()).map(Field::word).collect(Collectors.toUnmodifiableSet()));
        for (Map.Entry<String, YamlNode> entry : section.values().entrySet()) {
            fields.put(
                    Field.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                    source(section, entry.getKey(), entry.getValue()));
        }
        return fields;
    }

    private CaseMapping.Source source(YamlNode.Mapping section, String key, YamlNode node) throws ConfigException {
        if (node instanceof YamlNode.Scalar) {
            return CaseMapping.Source.column(text(section, key, ""));
        }
        YamlNode.Mapping source = section(section, key, node);
        known(source, Set.of("column", "constant", "translate", "otherwise", "split"));
        Map<String, String> translate = new HashMap<>();
        YamlNode table = source.values().get("translate");
        if (table != null) {
            YamlNode.Mapping words = section(source, "translate", table);
            for (String from : words.values().keySet()) {
                translate.put(from.strip().toLowerCase(Locale.ROOT), text(words, from, ""));
            }
        }
        CaseMapping.Source read = new CaseMapping.Source(
                text(source, "column", ""),
                text(source, "constant", ""),
                translate,
                text(source, "otherwise", ""),
                text(source, "split", CaseMapping.SPLIT));
        if (read.column().isEmpty() && read.constant().isEmpty()) {
            throw wrong(section, key, "needs a column or a constant");
        }
        return read;
    }

    private List<CaseMapping.Values> values(YamlNode.Mapping root) throws ConfigException {
        List<CaseMapping.Values> all = new ArrayList<>();
        for (YamlNode.Mapping item : items(root, "values", Set.of("column", "kind", "role", "split", "note"))) {
            String kind = text(item, "kind", "");
            Optional<ObservableKind> known = ObservableKind.ofCode(kind);
            if (!kind.isEmpty() && known.isEmpty()) {
                throw wrong(
                        item,
                        "kind",
                        "is one of "
                                + Arrays.stream(ObservableKind.values())
                                        .map(ObservableKind::code)
                                        .collect(Collectors.joining(", ")));
            }
            String word = text(item, "role", "");
            Optional<CaseObservable.Role> role = CaseObservable.Role.of(word);
            if (role.isEmpty() && !word.isEmpty()) {
                throw wrong(item, "role", "is victim, suspect, infrastructure or money-trail");
            }
            all.add(new CaseMapping.Values(
                    column(item), known, role, text(item, "split", CaseMapping.SPLIT), text(item, "note", "")));
        }
        return all;
    }

    private List<CaseMapping.Losses> losses(YamlNode.Mapping root) throws ConfigException {
        List<CaseMapping.Losses> all = new ArrayList<>();
        for (YamlNode.Mapping item :
                items(root, "losses", Set.of("column", "currency", "currency_column", "note", "note_column"))) {
            CaseMapping.Losses losses = new CaseMapping.Losses(
                    column(item),
                    text(item, "currency", ""),
                    text(item, "currency_column", ""),
                    text(item, "note", column(item)),
                    text(item, "note_column", ""));
            if (losses.currency().isEmpty() && losses.currencyColumn().isEmpty()) {
                throw wrong(item, "currency", "is missing, and there is no currency_column");
            }
            if (!losses.currency().isEmpty()) {
                try {
                    Loss.of("0", losses.currency(), "");
                } catch (IllegalArgumentException e) {
                    throw wrong(item, "currency", e.getMessage());
                }
            }
            all.add(losses);
        }
        return all;
    }

    private String column(YamlNode.Mapping item) throws ConfigException {
        String column = text(item, "column", "");
        if (column.isEmpty()) {
            throw new ConfigException(file, item.line(), "column: is missing");
        }
        return column;
    }

    private List<YamlNode.Mapping> items(YamlNode.Mapping root, String key, Set<String> keys) throws ConfigException {
        YamlNode node = root.values().get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw wrong(root, key, "is a list of columns");
        }
        List<YamlNode.Mapping> items = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            YamlNode.Mapping section = section(root, key, item);
            known(section, keys);
            items.add(section);
        }
        return items;
    }

    private List<String> strings(YamlNode.Mapping root, String key) throws ConfigException {
        YamlNode node = root.values().get(key);
        if (node == null || node instanceof YamlNode.Scalar) {
            return node == null ? List.of() : List.of(text(root, key, ""));
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw wrong(root, key, "is a text or a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (!(item instanceof YamlNode.Scalar scalar)) {
                throw wrong(root, key, "is a text or a list of texts");
            }
            texts.add(scalar.text());
        }
        return texts;
    }

    private YamlNode.Mapping section(YamlNode.Mapping parent, String key, YamlNode node) throws ConfigException {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw wrong(parent, key, "has keys of its own");
    }

    private String text(YamlNode.Mapping section, String key, String preset) throws ConfigException {
        YamlNode node = section.values().get(key);
        if (node == null) {
            return preset;
        }
        if (node instanceof YamlNode.Scalar scalar && !scalar.nothing()) {
            return scalar.text();
        }
        throw wrong(section, key, "is a text");
    }

    private void known(YamlNode.Mapping section, Set<String> keys) throws ConfigException {
        for (String key : section.values().keySet()) {
            if (!keys.contains(key)) {
                throw new ConfigException(
                        file,
                        section.keyLines().get(key),
                        key + ": there is no such key; known ones are "
                                + keys.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private ConfigException wrong(YamlNode.Mapping section, String key, String rule) {
        return new ConfigException(file, section.keyLines().getOrDefault(key, section.line()), key + ": " + rule);
    }
}
