package uz.koprik.gateway.config;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code koprik.yaml}: read strictly, written with every key and its comment. */
public final class ConfigFile {

    private static final int WIDTH = 100;

    private ConfigFile() {}

    /**
     * Reads the file.
     *
     * @throws ConfigException when it is not there, cannot be read, or breaks a rule; the message begins with file and
     *     line
     */
    public static Config read(Path file) throws ConfigException {
        String name = file.getFileName().toString();
        try {
            return parse(name, Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new ConfigException(
                    name, 0, "is not there (" + file.toAbsolutePath() + "); `koprik init` makes a home");
        } catch (CharacterCodingException notText) {
            throw new ConfigException(name, 0, "is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new ConfigException(name, 0, "cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads a text as if it were the file {@code name}. */
    public static Config parse(String name, String text) throws ConfigException {
        return new Binder(name).bind(Config.class, YamlNode.parse(name, text), "");
    }

    /**
     * The text of a new file: every key with its comment and its default.
     *
     * @param values what to put in place of defaults: {@code listen.port} → {@code 8443}, as YAML
     */
    public static String write(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        out.append(
                "# Settings of a Koprik centre. Every key is here with its default; `koprik serve` checks the file when it\n");
        out.append(
                "# starts and names the line of anything it does not understand. Changes take effect at the next start.\n");
        Map<String, String> rest = new HashMap<>(values);
        section(out, Config.class, "", "", rest);
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("no such keys: " + rest.keySet());
        }
        return out.toString();
    }

    private static void section(
            StringBuilder out, Class<?> type, String indent, String path, Map<String, String> values) {
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String key = Binder.key(component);
            out.append('\n');
            comment(out, indent, setting.value());
            if (component.getType().isRecord() && component.getType() != Size.class) {
                out.append(indent).append(key).append(":\n");
                section(out, component.getType(), indent + "  ", path + key + ".", values);
                continue;
            }
            String given = values.remove(path + key);
            if (given == null && setting.preset().equals(Setting.REQUIRED)) {
                throw new IllegalArgumentException(path + key + " has no default");
            }
            out.append(indent)
                    .append(key)
                    .append(": ")
                    .append(given == null ? setting.preset() : given)
                    .append('\n');
        }
    }

    private static void comment(StringBuilder out, String indent, String text) {
        StringBuilder line = new StringBuilder(indent).append('#');
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(indent).append('#');
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }
}
