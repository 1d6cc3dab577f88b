package uz.koprik.gateway.api.common;

import java.util.Arrays;
import java.util.stream.Collectors;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** Values as callers write them. */
public final class FormValues {

    private FormValues() {}

    /**
     * What a text is.
     *
     * @param kind code of its kind, or null to find out
     * @throws Problem 400 that says what is wrong and never repeats the text
     */
    public static RecognisedValue recognise(Recognition recognition, String text, String kind) {
        if (kind == null) {
            return recognition
                    .recogniseOne(text)
                    .orElseThrow(() -> ApiJson.bad("the value is of no kind that is known here:"
                            + " check it for typing errors, or say with \"kind\" what it is, one of " + kinds()));
        }
        ObservableKind known =
                ObservableKind.ofCode(kind).orElseThrow(() -> ApiJson.bad("\"kind\" is one of " + kinds()));
        try {
            return recognition.recogniseOne(text, known);
        } catch (InvalidObservable e) {
            throw ApiJson.bad("the value is not of the kind " + e.kind().code() + ": " + e.reason());
        }
    }

    private static String kinds() {
        return Arrays.stream(ObservableKind.values()).map(ObservableKind::code).collect(Collectors.joining(", "));
    }
}
