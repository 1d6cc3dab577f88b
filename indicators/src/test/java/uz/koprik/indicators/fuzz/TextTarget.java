package uz.koprik.indicators.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** The scanner of running text: what it finds lies in the text, and its normal form is its own normal form. */
public final class TextTarget {

    private static final Normalisation CENTRE =
            Normalisation.withCards(digits -> "numberisleftouthere").withPhoneRegion("UZ");

    private static final Recognition RECOGNITION = new Recognition(CENTRE);

    private TextTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws InvalidObservable {
        for (byte[] seed : Seeds.of(TextTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws InvalidObservable {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws InvalidObservable {
        String text = new String(input, StandardCharsets.UTF_8);
        List<RecognisedValue> found = RECOGNITION.recognise(text);
        for (RecognisedValue one : found) {
            Findings.check(
                    one.start() >= 0 && one.start() < one.end() && one.end() <= text.length(),
                    "a value outside the text");
            String value = one.observable().value();
            Findings.check(
                    one.observable().equals(one.observable().kind().normalise(value, CENTRE)),
                    "a normal form that is not its own");
        }
        RECOGNITION.recogniseOne(text);
    }
}
