package uz.koprik.indicators.stix.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;

/**
 * What a granular marking selects (STIX 2.1, section 7.2.3): the way to a value inside an object.
 *
 * @param steps names of members and positions in lists; at least one, and the first is a name
 */
public record Selector(List<Step> steps) {

    /** Longest text of a position, with its brackets. */
    private static final int LONGEST_POSITION = 10;

    public Selector {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param name of a member; empty text for a position
     * @param position in a list; -1 for a member
     */
    public record Step(String name, int position) {

        public static Step member(String name) {
            return new Step(name, -1);
        }

        public static Step item(int position) {
            return new Step("", position);
        }

        /** What it leads to, or null. */
        Json in(Json value) {
            return switch (value) {
                case JsonObject object when position < 0 -> object.get(name);
                case JsonArray array
                when position >= 0 && position < array.items().size() ->
                    array.items().get(position);
                default -> null;
            };
        }

        private String text() {
            return position < 0 ? name : "[" + position + "]";
        }

        private String token() {
            return position < 0 ? JsonPointer.token(name) : Integer.toString(position);
        }
    }

    /** Reads a selector; empty when it has not the form of one. */
    public static Optional<Selector> parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String component : text.split("\\.", -1)) {
            int position = position(component);
            if (position >= 0 ? steps.isEmpty() : !PropertyTypes.isKey(component)) {
                return Optional.empty();
            }
            steps.add(position >= 0 ? Step.item(position) : Step.member(component));
        }
        return Optional.of(new Selector(steps));
    }

    /** What it selects in an object; empty when it leads to nothing. */
    public Optional<Json> in(JsonObject object) {
        Json here = object;
        for (Step step : steps) {
            here = step.in(here);
            if (here == null) {
                return Optional.empty();
            }
        }
        return Optional.of(here);
    }

    /** As it stands in an object. */
    public String text() {
        return steps.stream().map(Step::text).collect(Collectors.joining("."));
    }

    /** The JSON pointer (RFC 6901) of a way. */
    public static String pointer(List<Step> steps) {
        return steps.stream().map(step -> "/" + step.token()).collect(Collectors.joining());
    }

    /** The position in {@code [7]}, or -1 when it is no position. */
    private static int position(String component) {
        int end = component.length() - 1;
        if (end < 2 || end >= LONGEST_POSITION || component.charAt(0) != '[' || component.charAt(end) != ']') {
            return -1;
        }
        int position = 0;
        for (int i = 1; i < end; i++) {
            int digit = component.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            position = position * 10 + digit;
        }
        return position;
    }
}
