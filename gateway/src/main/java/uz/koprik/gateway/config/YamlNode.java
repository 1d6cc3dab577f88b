package uz.koprik.gateway.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML as a tree that knows its lines, which is all that errors with a place need. */
public sealed interface YamlNode {

    /** Line in the file, from 1. */
    int line();

    /** What it is called in an error. */
    String kind();

    /** A number, a text, a truth value or nothing; {@code quoted} when it can only be a text. */
    record Scalar(String text, boolean number, boolean truth, boolean nothing, int line) implements YamlNode {
        @Override
        public String kind() {
            return nothing ? "nothing" : number ? "the number " + text : truth ? text : "a text";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values; {@code keyLines} says where each key stands. */
    record Mapping(Map<String, YamlNode> values, Map<String, Integer> keyLines, int line) implements YamlNode {
        @Override
        public String kind() {
            return "a section";
        }
    }

    /**
     * Reads a text that must be one YAML document with a mapping at its root. Anchors, aliases and tags are refused:
     * what is written is what is meant.
     *
     * @param file name of the file, for errors
     */
    static Mapping parse(String file, String text) throws ConfigException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ConfigException(file, 1, "is empty");
            }
            YamlNode root = NodeReader.node(file, parser, first, 0);
            if (parser.nextToken() != null) {
                throw new ConfigException(
                        file, parser.currentTokenLocation().getLineNr(), "only one YAML document is expected");
            }
            if (root instanceof Mapping mapping) {
                return mapping;
            }
            throw new ConfigException(file, root.line(), "must begin with keys, not with " + root.kind());
        } catch (JacksonException wrong) {
            int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
            throw new ConfigException(
                    file, line, "is not YAML from here: check indentation, brackets, quotation marks and colons");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The recursion; apart, because interfaces have no private state worth sharing. */
    final class NodeReader {

        private static final int MAX_DEPTH = 10;

        private NodeReader() {}

        static YamlNode node(String file, YAMLParser parser, JsonToken token, int depth)
                throws IOException, ConfigException {
            int line = parser.currentTokenLocation().getLineNr();
            if (depth > MAX_DEPTH) {
                throw new ConfigException(file, line, "is nested too deep");
            }
            if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                throw new ConfigException(
                        file, line, "anchors (&), aliases (*) and tags (!) are not understood; write it out");
            }
            return switch (token) {
                case START_OBJECT -> mapping(file, parser, line, depth);
                case START_ARRAY -> {
                    List<YamlNode> items = new ArrayList<>();
                    for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                        items.add(node(file, parser, next, depth + 1));
                    }
                    yield new Sequence(items, line);
                }
                default ->
                    new Scalar(
                            token == JsonToken.VALUE_NULL ? "" : parser.getText(),
                            token.isNumeric(),
                            token.isBoolean(),
                            token == JsonToken.VALUE_NULL,
                            line);
            };
        }

        private static Mapping mapping(String file, YAMLParser parser, int line, int depth)
                throws IOException, ConfigException {
            Map<String, YamlNode> values = new LinkedHashMap<>();
            Map<String, Integer> keyLines = new LinkedHashMap<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
                String key = parser.currentName();
                int keyLine = parser.currentTokenLocation().getLineNr();
                if (keyLines.putIfAbsent(key, keyLine) != null) {
                    throw new ConfigException(
                            file, keyLine, key + ": is there twice, first on line " + keyLines.get(key));
                }
                values.put(key, node(file, parser, parser.nextToken(), depth + 1));
            }
            return new Mapping(values, keyLines, line);
        }
    }
}
