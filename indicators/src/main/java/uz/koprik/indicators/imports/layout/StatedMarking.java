package uz.koprik.indicators.imports.layout;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.policy.Tlp;

/** The marking that titles and comments above the rows state, such as {@code # TLP:AMBER}; it holds for all rows. */
public final class StatedMarking {

    private static final Pattern MARKING = Pattern.compile(
            "\\bTLP ?[:_-] ?(CLEAR|WHITE|GREEN|AMBER ?[+_-] ?STRICT|AMBER|RED)\\b", Pattern.CASE_INSENSITIVE);

    private StatedMarking() {}

    /** The narrowest marking of some texts. */
    public static Optional<Tlp> of(List<String> texts) {
        Optional<Tlp> narrowest = Optional.empty();
        for (String text : texts) {
            Matcher marking = MARKING.matcher(text);
            while (marking.find()) {
                Optional<Tlp> one = CellForms.tlp(marking.group(1), "");
                narrowest = one.isPresent() && narrowest.isPresent()
                        ? one.map(narrowest.get()::or)
                        : narrowest.or(() -> one);
            }
        }
        return narrowest;
    }

    /** That of the comments with which a text begins, and of lines that say nothing else. */
    public static Optional<Tlp> above(List<String> head) {
        return of(head.stream()
                .map(String::strip)
                .takeWhile(line -> line.isEmpty() || ListLayout.isComment(line) || isMarking(line))
                .toList());
    }

    /** A marking, or the one that the note of a value states where that is narrower or the only one. */
    public static Optional<Tlp> narrowed(Optional<Tlp> marking, String note) {
        if (note.length() < 7 || (note.indexOf("TLP") < 0 && note.indexOf("tlp") < 0)) {
            return marking; // most lines
        }
        Optional<Tlp> own = of(List.of(note));
        return own.isPresent() && marking.isPresent() ? own.map(marking.get()::or) : marking.or(() -> own);
    }

    /** Whether a line is a marking and nothing else. */
    public static boolean isMarking(String line) {
        return MARKING.matcher(line).matches();
    }

    /** What is said of it before anything is stored. */
    public static String note(Tlp marking) {
        return "the marking above the rows, " + marking.label() + ", holds for rows without one";
    }
}
