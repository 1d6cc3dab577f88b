package uz.koprik.gateway.analyst;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.Recognised;
import uz.koprik.indicators.observable.Recognition;

/**
 * What somebody typed into the one search box, taken apart: {@code name:value} filters, values in any spelling, and words.
 *
 * @param words that must all occur
 * @param values of which at least one must be carried
 * @param filters by name, each with the values given for it
 */
record SearchBox(String words, List<Observable> values, Map<String, List<String>> filters) {

    static final List<String> FILTERS = List.of("type", "producer", "tlp", "from", "since", "until");

    private static final Pattern FILTER =
            Pattern.compile("(?<!\\S)(" + String.join("|", FILTERS) + "):(?:\"([^\"]*)\"|(\\S+))");

    SearchBox {
        values = List.copyOf(values);
        filters = Map.copyOf(filters);
    }

    /**
     * Takes a text apart. A text that is one value as a whole, spaces and all, is that value; otherwise the values that
     * stand in it are looked for, and what is left are words.
     */
    static SearchBox read(String text, Recognition recognition) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        Matcher matcher = FILTER.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            filters.computeIfAbsent(matcher.group(1), name -> new ArrayList<>()).add(value);
            matcher.appendReplacement(rest, " ");
        }
        matcher.appendTail(rest);
        String words = rest.toString().strip();
        Optional<Recognised> whole = words.isEmpty() ? Optional.empty() : recognition.recogniseOne(words);
        if (whole.isPresent()) {
            return new SearchBox("", List.of(whole.get().observable()), filters);
        }
        LinkedHashSet<Observable> values = new LinkedHashSet<>();
        StringBuilder left = new StringBuilder();
        int from = 0;
        for (Recognised found : recognition.recognise(words)) {
            values.add(found.observable());
            left.append(words, from, found.start()).append(' ');
            from = found.end();
        }
        left.append(words.substring(from));
        return new SearchBox(left.toString().strip().replaceAll("\\s+", " "), List.copyOf(values), filters);
    }

    /** The same with nothing taken as a value: for a file name, say, that only looks like a domain. */
    SearchBox asWords(String text) {
        String plain = FILTER.matcher(text).replaceAll(" ").strip();
        return new SearchBox(plain.replaceAll("\\s+", " "), List.of(), filters);
    }

    List<String> filter(String name) {
        return filters.getOrDefault(name, List.of());
    }

    Set<String> keys() {
        return values.stream().map(Observable::key).collect(Collectors.toUnmodifiableSet());
    }
}
