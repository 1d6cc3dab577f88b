package uz.koprik.gateway.api.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/**
 * What somebody typed or pasted into the one search box, taken apart: {@code name:value} filters, values in any
 * spelling, and words. docs/search.md describes what may be written.
 *
 * @param words that must all occur, phrases in quotation marks, and what is excluded, each with a minus
 * @param values of which at least one must be carried, each as it was written
 * @param filters in their order
 * @param pasted whether this is a pasted list or letter, of which only the values are looked for
 * @param asWords the words when nothing is taken as a value: for a file name, say, that only looks like a domain
 */
public record SearchQueryParser(
        String words, Map<Observable, String> values, List<Filter> filters, boolean pasted, String asWords) {

    static final List<String> FILTERS =
            List.of("type", "producer", "tlp", "case", "kind", "label", "from", "source", "seen", "since", "until");

    /** How many values are looked for at once. */
    static final int MAX_VALUES = 1000;

    private static final int MAX_FILTER_LINE = 4096;

    private static final Pattern PIECE = Pattern.compile(
            "(?<!\\S)(?:(?<minus>-?)(?<name>[a-z_]{2,20}):(?:\"(?<quoted>[^\"]*)\"|(?<value>[^\\s\"]\\S*))"
                    + "|(?<bare>-?(?:" + String.join("|", FILTERS) + "):)(?!\\S)"
                    + "|(?<phrase>-?\"[^\"]*\")|(?<open>-?\")|(?<excluded>-[\\p{L}\\p{N}]\\S*))");

    /**
     * A filter.
     *
     * @param at where it begins in the text, counted from 1
     */
    record Filter(String name, String value, int at) {

        /** An error of this filter, with its position. */
        Problem wrong(String why) {
            return SearchQueryParser.wrong(at, name + ": " + why);
        }
    }

    public SearchQueryParser {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        filters = List.copyOf(filters);
    }

    /**
     * Takes a text apart. A text that is one value as a whole, spaces and all, is that value; otherwise the values that
     * stand in it are looked for, and what is left are words. Of several lines with values in them only the values
     * count; filters may stand in lines of their own at the top.
     *
     * @throws Problem 400 with the position of the error; 413 when there are too many values
     */
    public static SearchQueryParser read(String text, Recognition recognition) {
        int body = firstLineOfBody(text);
        String rest = text.substring(body);
        if (rest.length() > PastedValues.PIECE || rest.strip().lines().count() > 1) {
            Map<Observable, String> values =
                    PastedValues.read(rest, recognition, MAX_VALUES).searched();
            if (!values.isEmpty()) {
                return new SearchQueryParser("", values, line(text.substring(0, body), recognition).filters, true, "");
            }
            if (rest.length() > PastedValues.PIECE) {
                throw ApiJson.bad("there is no value in this text, and it is too long to be searched by its words");
            }
        }
        return line(text, recognition);
    }

    /** Lines of nothing but filters at the top of a text are no part of what was pasted. */
    private static int firstLineOfBody(String text) {
        int body = 0;
        int end = text.indexOf('\n');
        while (end >= 0
                && end - body <= MAX_FILTER_LINE
                && Stream.of(text.substring(body, end).strip().split("\\s+", 0))
                        .allMatch(SearchQueryParser::isFilter)) {
            body = end + 1;
            end = text.indexOf('\n', body);
        }
        return body;
    }

    private static boolean isFilter(String word) {
        int colon = word.indexOf(':');
        return colon > 0 && colon < word.length() - 1 && FILTERS.contains(word.substring(0, colon));
    }

    private static SearchQueryParser line(String text, Recognition recognition) {
        List<Filter> filters = new ArrayList<>();
        List<Filter> unknown = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        char[] plain = text.toCharArray();
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            int at = piece.start() + 1;
            String name = piece.group("name");
            if (piece.group("open") != null) {
                throw wrong(at, "this quotation mark is not closed");
            } else if (piece.group("bare") != null) {
                throw wrong(
                        at,
                        piece.group()
                                + " has no value; write it directly after the colon, or the word in quotation marks");
            } else if (name == null) {
                said.append(piece.group()).append(' ');
            } else {
                String quoted = piece.group("quoted");
                Filter filter = new Filter(name, quoted == null ? piece.group("value") : quoted, at);
                if (!FILTERS.contains(name)) {
                    unknown.add(filter);
                    continue; // perhaps a value, such as https://…
                }
                if (!piece.group("minus").isEmpty()) {
                    throw wrong(at, "a filter cannot be excluded; a minus goes before a word or a phrase");
                }
                filters.add(filter);
            }
            Arrays.fill(plain, piece.start(), piece.end(), ' ');
        }
        return values(String.valueOf(plain), filters, said.toString(), unknown, recognition);
    }

    private static SearchQueryParser values(
            String plain, List<Filter> filters, String said, List<Filter> unknown, Recognition recognition) {
        String asWords = words(said + plain);
        String whole = plain.strip();
        Optional<RecognisedValue> one = whole.isEmpty() ? Optional.empty() : recognition.recogniseOne(whole);
        if (one.isPresent()) {
            return new SearchQueryParser(words(said), Map.of(one.get().observable(), whole), filters, false, asWords);
        }
        Map<Observable, String> values = new LinkedHashMap<>();
        char[] left = plain.toCharArray();
        for (RecognisedValue found : recognition.recognise(plain)) {
            values.putIfAbsent(found.observable(), plain.substring(found.start(), found.end()));
            Arrays.fill(left, found.start(), found.end(), ' ');
        }
        if (values.size() > MAX_VALUES) {
            throw new Problem(413, "Too large", "more than " + MAX_VALUES + " values in one question; split it");
        }
        for (Filter filter : unknown) {
            int colon = plain.indexOf(':', filter.at() - 1);
            boolean isValue = left[filter.at() - 1] == ' ';
            if (!isValue && left[colon + 1] != ' ') {
                throw wrong(
                        filter.at(),
                        "there is no filter " + filter.name() + ":; there are " + String.join(", ", FILTERS)
                                + "; put quotation marks around it to look for it as words");
            }
            if (!isValue) { // what stands before a value, as in ip:192.0.2.1
                Arrays.fill(left, filter.at() - 1, colon + 1, ' ');
            }
        }
        return new SearchQueryParser(words(said + String.valueOf(left)), values, filters, false, asWords);
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** The same with nothing taken as a value. */
    SearchQueryParser withoutValues() {
        return new SearchQueryParser(asWords, Map.of(), filters, false, asWords);
    }

    /** The filters of that name. */
    List<Filter> filter(String... names) {
        return filters.stream()
                .filter(filter -> List.of(names).contains(filter.name()))
                .toList();
    }

    /** What the filters say, by name. */
    Map<String, List<String>> filterValues() {
        return filters.stream()
                .collect(Collectors.groupingBy(
                        Filter::name, LinkedHashMap::new, Collectors.mapping(Filter::value, Collectors.toList())));
    }

    /** The values as keys, and those that may be the same thing. */
    Set<String> keys() {
        return values.keySet().stream()
                .flatMap(value -> Stream.concat(Stream.of(value.comparedAs()), value.perhaps().stream()))
                .map(Observable::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Problem wrong(int at, String why) {
        return ApiJson.bad("at character " + at + ": " + why);
    }
}
