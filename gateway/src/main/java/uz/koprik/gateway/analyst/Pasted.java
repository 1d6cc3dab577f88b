package uz.koprik.gateway.analyst;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.Recognised;
import uz.koprik.indicators.observable.Recognition;

/**
 * The values of a pasted list, log or letter.
 *
 * @param spellings the values in their order, each with its first spelling
 * @param unrecognised numbers from 1 of lines in which there is none, a bounded number of them
 */
record Pasted(Map<Observable, String> spellings, List<Integer> unrecognised) {

    private static final int MAX_UNRECOGNISED = 1000;

    /** A line longer than this is running text and not one value with spaces in it. */
    private static final int MAX_CELL = 512;

    /**
     * Reads a text line by line: a line that is one value as a whole is that value, others are looked through.
     *
     * @param most how many values are taken
     * @throws Problem 413 when there are more
     */
    static Pasted read(String text, Recognition recognition, int most) {
        Map<Observable, String> spellings = new LinkedHashMap<>();
        List<Integer> unrecognised = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String cell = line.strip();
            if (cell.isEmpty()) {
                continue;
            }
            Optional<Recognised> one = cell.length() <= MAX_CELL ? recognition.recogniseOne(cell) : Optional.empty();
            if (one.isPresent()) {
                spellings.putIfAbsent(one.get().observable(), cell);
            } else {
                List<Recognised> several = recognition.recognise(line);
                several.forEach(r -> spellings.putIfAbsent(r.observable(), line.substring(r.start(), r.end())));
                if (several.isEmpty() && unrecognised.size() < MAX_UNRECOGNISED) {
                    unrecognised.add(number);
                }
            }
            if (spellings.size() > most) {
                throw new Problem(413, "Too large", "more than " + most + " values in one question; split it");
            }
        }
        return new Pasted(spellings, unrecognised);
    }
}
