package uz.koprik.gateway.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.indicators.policy.Tlp;

/**
 * From YAML to records whose components are {@link Setting}s. Strict: an unknown key, a wrong type or a value outside
 * its range is an error with its line, never a guess.
 *
 * @param file name of the file, for errors
 */
record Binder(String file) {

    <R extends Record> R bind(Class<R> type, YamlNode.Mapping section, String path) throws ConfigException {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new LinkedHashSet<>();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String key = key(component);
            known.add(key);
            types[i] = component.getType();
            values[i] = component(component, section, path + key);
        }
        for (String key : section.values().keySet()) {
            if (!known.contains(key)) {
                throw new ConfigException(
                        file,
                        section.keyLines().get(key),
                        path + key + ": there is no such key; "
                                + (path.isEmpty() ? "the keys" : "the keys of this section") + " are "
                                + String.join(", ", known));
            }
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException wrong) {
            if (wrong.getCause() instanceof IllegalArgumentException check) {
                throw new ConfigException(file, section.line(), check.getMessage());
            }
            throw new IllegalStateException(wrong.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private Object component(RecordComponent component, YamlNode.Mapping section, String path) throws ConfigException {
        Setting setting = component.getAnnotation(Setting.class);
        YamlNode node = section.values().get(key(component));
        if (component.getType().isRecord() && component.getType() != Size.class) {
            Class<? extends Record> type = component.getType().asSubclass(Record.class);
            return switch (node) {
                case null ->
                    bind(
                            type,
                            new YamlNode.Mapping(java.util.Map.of(), java.util.Map.of(), section.line()),
                            path + ".");
                case YamlNode.Mapping mapping -> bind(type, mapping, path + ".");
                default -> throw wrong(node, path, "must be a section with keys of its own");
            };
        }
        if (node == null) {
            if (setting.preset().equals(Setting.REQUIRED)) {
                throw new ConfigException(file, section.line(), path + ": is missing");
            }
            node = YamlNode.parse(file, "preset: " + setting.preset()).values().get("preset");
        }
        return value(component.getGenericType(), setting, node, path);
    }

    private Object value(Type type, Setting setting, YamlNode node, String path) throws ConfigException {
        if (type instanceof ParameterizedType list) {
            if (!(node instanceof YamlNode.Sequence sequence)) {
                throw wrong(node, path, "must be a list, such as [a, b]");
            }
            List<Object> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(value(list.getActualTypeArguments()[0], setting, item, path + "[" + items.size() + "]"));
            }
            return List.copyOf(items);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && plain != Size.class) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                throw wrong(node, path, "must be a section with keys of its own");
            }
            return bind(plain.asSubclass(Record.class), mapping, path + ".");
        }
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.nothing()) {
            throw wrong(node, path, "must have a value");
        }
        if (plain == String.class) {
            return text(setting, scalar, path);
        }
        if (plain == int.class) {
            return (int) number(setting, scalar, path);
        }
        if (plain == double.class) {
            return fraction(setting, scalar, path);
        }
        if (plain == boolean.class) {
            if (!scalar.truth()) {
                throw wrong(node, path, "must be true or false");
            }
            return Boolean.valueOf(scalar.text());
        }
        if (plain == Duration.class) {
            Duration span = DurationText.of(scalar.text())
                    .orElseThrow(() -> wrong(node, path, "must be a span of time, such as 200ms, 30s, 5m, 24h or 7d"));
            within(
                    setting,
                    span.toMillis(),
                    DurationText.text(setting.min()) + ".." + DurationText.text(setting.max()),
                    scalar,
                    path);
            return span;
        }
        if (plain == Size.class) {
            Size size = Size.of(scalar.text())
                    .orElseThrow(() -> wrong(node, path, "must be a size, such as 512, 64 KiB, 10 MiB or 2 GiB"));
            within(setting, size.bytes(), new Size(setting.min()) + ".." + new Size(setting.max()), scalar, path);
            return size;
        }
        return constant(plain, scalar, path);
    }

    private String text(Setting setting, YamlNode.Scalar scalar, String path) throws ConfigException {
        if (scalar.number() || scalar.truth()) {
            throw wrong(scalar, path, "must be a text; put it in quotes");
        }
        if (!setting.matches().isEmpty() && !scalar.text().matches(setting.matches())) {
            throw new ConfigException(
                    file, scalar.line(), path + ": must be " + setting.shape() + ", not \"" + scalar.text() + '"');
        }
        return scalar.text();
    }

    private double fraction(Setting setting, YamlNode.Scalar scalar, String path) throws ConfigException {
        if (scalar.text().matches("\\d{1,9}(\\.\\d{1,9})?")) {
            double number = Double.parseDouble(scalar.text());
            if (number >= setting.min() && number <= setting.max()) {
                return number;
            }
        }
        throw wrong(
                scalar,
                path,
                "must be a number, " + setting.min() + ".." + setting.max() + ", such as " + setting.preset());
    }

    private long number(Setting setting, YamlNode.Scalar scalar, String path) throws ConfigException {
        String range = setting.min() + ".." + setting.max();
        if (!scalar.number() || !scalar.text().matches("-?\\d{1,18}")) {
            throw wrong(scalar, path, "must be a whole number, " + range);
        }
        long number = Long.parseLong(scalar.text());
        within(setting, number, range, scalar, path);
        return number;
    }

    private void within(Setting setting, long value, String range, YamlNode.Scalar scalar, String path)
            throws ConfigException {
        if (value < setting.min() || value > setting.max()) {
            throw new ConfigException(file, scalar.line(), path + ": must be " + range + ", not " + scalar.text());
        }
    }

    private Object constant(Class<?> type, YamlNode.Scalar scalar, String path) throws ConfigException {
        Object[] constants = type.getEnumConstants();
        if (type == Tlp.class) {
            Optional<Tlp> tlp = Tlp.parse(scalar.text());
            if (tlp.isPresent()) {
                return tlp.get();
            }
        }
        for (Object constant : constants) {
            if (name(constant).equals(scalar.text())) {
                return constant;
            }
        }
        String names = Arrays.stream(constants).map(Binder::name).collect(Collectors.joining(", "));
        throw new ConfigException(
                file, scalar.line(), path + ": must be one of " + names + ", not \"" + scalar.text() + '"');
    }

    private static String name(Object constant) {
        return constant instanceof Tlp tlp
                ? tlp.label().substring(4).toLowerCase(Locale.ROOT)
                : constant.toString().toLowerCase(Locale.ROOT);
    }

    private ConfigException wrong(YamlNode node, String path, String rule) {
        String not = node instanceof YamlNode.Scalar scalar && !scalar.nothing() && !scalar.number() && !scalar.truth()
                ? "\"" + scalar.text() + '"'
                : node.kind();
        return new ConfigException(file, node.line(), path + ": " + rule + ", not " + not);
    }
}
