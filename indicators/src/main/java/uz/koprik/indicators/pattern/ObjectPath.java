package uz.koprik.indicators.pattern;

import java.util.List;

/**
 * Which value of which type of object (STIX 2.1 section 9.7), such as {@code file:hashes.'SHA-256'}.
 *
 * @param objectType such as {@code file}
 * @param steps one or more, the first of them a {@link Key}
 */
public record ObjectPath(String objectType, List<Step> steps) {

    /** One step down. */
    public sealed interface Step {}

    /** To the member of that name. */
    public record Key(String name) implements Step {}

    /** To the item at that place of a list; from its end when negative. */
    public record Index(int index) implements Step {}

    /** To any item of a list, {@code [*]}. */
    public record AnyItem() implements Step {}

    public ObjectPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof Key)) {
            throw new IllegalArgumentException("a path goes to a member first");
        }
    }

    /** In normal form: names in quotes only when they are not plain words. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(32).append(objectType).append(':');
        for (int i = 0; i < steps.size(); i++) {
            switch (steps.get(i)) {
                case Key key -> PatternWriter.name(key.name(), i == 0 ? out : out.append('.'));
                case Index index -> out.append('[').append(index.index()).append(']');
                case AnyItem any -> out.append("[*]");
            }
        }
        return out.toString();
    }
}
