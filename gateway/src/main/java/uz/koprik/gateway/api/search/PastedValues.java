package uz.koprik.gateway.api.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.text.FileNames;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/**
 * The values of a pasted list, log or letter.
 *
 * @param spellings the values in their order, each with its first spelling
 * @param doubtful what looks like the name of a file and may be a domain, each with its first spelling
 * @param unrecognised numbers from 1 of lines in which there is none, a bounded number of them
 */
record PastedValues(Map<Observable, String> spellings, Map<Observable, String> doubtful, List<Integer> unrecognised) {

    private static final int MAX_UNRECOGNISED = 1000;

    /** Characters that are looked through at one time. */
    static final int PIECE = 64 << 10;

    /** A line longer than this is running text and not one value with spaces in it. */
    private static final int MAX_CELL = 512;

    /**
     * Reads a text line by line: a line that is one value as a whole is that value, others are looked through.
     *
     * @param most how many values are taken
     * @throws Problem 413 when there are more
     */
    static PastedValues read(String text, Recognition recognition, int most) {
        Map<Observable, String> spellings = new LinkedHashMap<>();
        Map<Observable, String> doubtful = new LinkedHashMap<>();
        List<Integer> unrecognised = new ArrayList<>();
        int number = 0;
        for (int from = 0, next; from <= text.length(); from = next) {
            int to = lineEnd(text, from);
            next = text.startsWith("\r\n", to) ? to + 2 : to + 1;
            number++;
            if (to - from > PIECE) {
                if (!read(text.substring(from, to), recognition, spellings, doubtful, most)
                        && unrecognised.size() < MAX_UNRECOGNISED) {
                    unrecognised.add(number);
                }
                continue;
            }
            String line = text.substring(from, to);
            String cell = line.strip();
            if (cell.isEmpty()) {
                continue;
            }
            Optional<RecognisedValue> one =
                    cell.length() <= MAX_CELL ? recognition.recogniseOne(cell) : Optional.empty();
            if (one.isPresent() && one.get().doubtful()) {
                doubtful.putIfAbsent(one.get().observable(), cell);
            } else if (one.isPresent()) {
                spellings.putIfAbsent(one.get().observable(), cell);
            } else {
                List<RecognisedValue> several = recognition.recognise(line);
                several.forEach(r -> put(r, line, spellings, doubtful));
                if (several.isEmpty() && unrecognised.size() < MAX_UNRECOGNISED) {
                    unrecognised.add(number);
                }
            }
            check(spellings, doubtful, most);
        }
        return new PastedValues(spellings, doubtful, unrecognised);
    }

    /** Where the line that begins at {@code from} ends: at the next line break, as Unicode knows them. */
    private static int lineEnd(String text, int from) {
        int to = from;
        while (to < text.length() && !isLineBreak(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static boolean isLineBreak(char c) {
        return c <= '\r' ? c >= '\n' : c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** The values, and what is doubtful but for names that end as files do; a question looks for both. */
    Map<Observable, String> searched() {
        Map<Observable, String> all = new LinkedHashMap<>(spellings);
        doubtful.forEach((value, spelling) -> {
            if (Hosts.of(value)
                    .filter(host -> FileNames.isFileName(host.value()))
                    .isEmpty()) {
                all.put(value, spelling);
            }
        });
        return all;
    }

    private static void put(
            RecognisedValue found, String text, Map<Observable, String> spellings, Map<Observable, String> doubtful) {
        String spelling = text.substring(found.start(), found.end());
        (isDoubtful(found, spelling) ? doubtful : spellings).putIfAbsent(found.observable(), spelling);
    }

    private static boolean isDoubtful(RecognisedValue found, String spelling) {
        return found.doubtful() || FileNames.isDoubtful(spelling, found.observable());
    }

    /**
     * A long line is looked through in pieces, cut between words, so that what is found is counted before all of it is.
     */
    private static boolean read(
            String line,
            Recognition recognition,
            Map<Observable, String> spellings,
            Map<Observable, String> doubtful,
            int most) {
        boolean any = false;
        for (int from = 0, to; from < line.length(); from = to) {
            to = Math.min(from + PIECE, line.length());
            while (to < line.length() && to > from + PIECE / 2 && !Character.isWhitespace(line.charAt(to))) {
                to--;
            }
            String piece = line.substring(from, to);
            for (RecognisedValue found : recognition.recognise(piece)) {
                any = true;
                put(found, piece, spellings, doubtful);
            }
            check(spellings, doubtful, most);
        }
        return any;
    }

    private static void check(Map<Observable, String> spellings, Map<Observable, String> doubtful, int most) {
        if (spellings.size() + doubtful.size() > most) {
            throw new Problem(413, "Too large", "more than " + most + " values in one question; split it");
        }
    }
}
