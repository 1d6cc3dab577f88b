package uz.koprik.indicators.observable.text;

import java.util.Locale;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.TopLevelDomains;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Addresses that have another one in their name, as those to which mail is returned. */
final class ReturnAddresses {

    private static final String[] BEGINNINGS = {"SRS0", "SRS1", "prvs=", "msprvs1=", "btv1=", "bounce", "return"};

    private static final int LONGEST = 128;

    private final String text;
    private final Judgement judgement;
    private int nextSign = -2;

    ReturnAddresses(String text, Judgement judgement) {
        this.text = text;
        this.judgement = judgement;
    }

    /** {@code bounce+joe=example.net@example.com}: where the address ends, or -1. */
    int at(int at, int to) {
        if (nextSign != -1 && nextSign < at) {
            nextSign = text.indexOf('@', at);
        }
        if (nextSign < 0 || nextSign >= to || nextSign - at > LONGEST) {
            return -1;
        }
        int sign = at;
        int equals = -1;
        int plus = -1;
        while (sign < to && sign - at < LONGEST && (TextChars.isLocal(text.charAt(sign)) || text.charAt(sign) == '=')) {
            equals = text.charAt(sign) == '=' ? sign : equals;
            plus = text.charAt(sign) == '+' && plus < 0 ? sign : plus;
            sign++;
        }
        if (equals <= at || sign >= to || text.charAt(sign) != '@' || sign == equals + 1) {
            return -1;
        }
        int end = sign + 1;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || ".-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > sign + 1 && ".-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean angles = at > 0 && text.charAt(at - 1) == '<' && end < text.length() && text.charAt(end) == '>';
        boolean inside = plus > at && plus < equals && isHost(equals + 1, sign);
        return (angles || inside || begins(at))
                        && !MessageIds.isOne(text, at)
                        && judgement.acceptAs(at, end, ObservableKind.EMAIL)
                ? end
                : -1;
    }

    private boolean begins(int at) {
        for (String beginning : BEGINNINGS) {
            if (text.regionMatches(true, at, beginning, 0, beginning.length())) {
                return text.charAt(at + beginning.length() - 1) == '='
                        || "=+-".indexOf(text.charAt(at + beginning.length())) >= 0;
            }
        }
        return false;
    }

    private boolean isHost(int from, int to) {
        return text.indexOf('.', from, to) > from
                && TopLevelDomains.isKnown(text.substring(from, to).toLowerCase(Locale.ROOT));
    }
}
