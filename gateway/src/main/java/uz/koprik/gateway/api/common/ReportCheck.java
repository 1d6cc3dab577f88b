package uz.koprik.gateway.api.common;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.warninglist.ProtectedValues;
import uz.koprik.indicators.warninglist.ProtectedValues.Hit;
import uz.koprik.indicators.warninglist.ProtectedValues.Reason;

/**
 * What an account reports by mistake: a value that is never blocked, a file name in the form of a domain. Only for
 * accounts; what partners sign is stored as it is, and exports leave it out.
 */
public final class ReportCheck {

    private static final byte[] INDICATOR = "\"indicator\"".getBytes(StandardCharsets.US_ASCII);

    private ReportCheck() {}

    /**
     * Why a value is not reported.
     *
     * @param anyway whether the account says that it is meant
     * @param cure how it says so
     */
    public static Optional<Refusal> protection(
            ProtectedValues protectedValues, Observable value, boolean anyway, String cure) {
        return protectedValues.hit(value).flatMap(hit -> refusal(hit, "", anyway, cure));
    }

    /** As {@link #protection}, for a STIX object: only indicators in force are looked at. */
    public static Optional<Refusal> protection(
            ProtectedValues protectedValues, byte[] object, boolean anyway, String cure) {
        if (!contains(object)) {
            return Optional.empty();
        }
        JsonObject json;
        try {
            json = StrictJson.parseObject(object);
        } catch (MalformedJson malformed) {
            return Optional.empty(); // intake says what is wrong with it
        }
        boolean revoked = json.get("revoked") instanceof JsonBoolean flag && flag.value();
        if (revoked || !json.string("type").orElse("").equals("indicator")) {
            return Optional.empty();
        }
        List<Hit> hits = protectedValues.hits(json);
        return hits.stream()
                .map(hit -> refusal(hit, "/pattern", anyway, cure))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> refusal(Hit hit, String pointer, boolean anyway, String cure) {
        if (hit.reason() == Reason.TOO_WIDE) {
            return Optional.of(new Refusal(
                    Refusal.Code.PROTECTED,
                    pointer,
                    hit.what() + "; report the networks within it that are malicious"));
        }
        return anyway
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Code.PROTECTED,
                        pointer,
                        hit.what() + ", so a block of the value would harm many; " + cure
                                + " reports it all the same, and exports leave it out"));
    }

    /** Why a text whose kind nobody named is not reported: its form alone does not say what it is. */
    public static Optional<Refusal> doubt(RecognisedValue value) {
        return value.doubt()
                .map(why -> new Refusal(
                        Refusal.Code.DOUBTFUL,
                        "",
                        why + "; \"kind\": \"" + value.observable().kind().code() + "\" says that it is meant"));
    }

    private static boolean contains(byte[] object) {
        for (int i = 0; i + INDICATOR.length <= object.length; i++) {
            int at = 0;
            while (at < INDICATOR.length && object[i + at] == INDICATOR[at]) {
                at++;
            }
            if (at == INDICATOR.length) {
                return true;
            }
        }
        return false;
    }
}
