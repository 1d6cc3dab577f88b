package uz.koprik.indicators.fuzz;

import java.nio.charset.StandardCharsets;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** The pattern parser: what it takes it writes in a normal form that it takes as the same. */
public final class PatternTarget {

    private PatternTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws PatternSyntaxError {
        for (byte[] seed : Seeds.of(PatternTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws PatternSyntaxError {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws PatternSyntaxError {
        String text = new String(input, StandardCharsets.UTF_8);
        Pattern pattern;
        try {
            pattern = Pattern.parse(text);
        } catch (PatternSyntaxError e) {
            Findings.check(
                    e.line() >= 1 && e.column() >= 1 && !e.expected().isBlank(), "an error without reason or place");
            lenient(text);
            return;
        }
        Pattern again = Pattern.parse(pattern.toString());
        Findings.check(pattern.equals(again), "the normal form says something else");
        Findings.check(pattern.toString().equals(again.toString()), "the normal form has another normal form");
        Findings.check(pattern.assertedValues().equals(again.assertedValues()), "the normal form asserts other values");
    }

    private static void lenient(String text) throws PatternSyntaxError {
        Pattern pattern;
        try {
            pattern = Pattern.parseLeniently(text);
        } catch (PatternSyntaxError e) {
            return;
        }
        Findings.check(
                pattern.equals(Pattern.parse(pattern.toString())),
                "the normal form of a doubled qualifier says something else");
    }
}
