package uz.koprik.indicators.observable;

import com.google.common.net.InternetDomainName;

/**
 * Domains under which anybody may register names ({@code uz}, {@code co.uk}, {@code github.io}): two names below one of them
 * have nothing in common. The list is the public suffix list, as Guava ships it.
 */
public final class PublicSuffix {

    private PublicSuffix() {}

    /** Whether {@code domain}, in normal form, is one; single labels always are. */
    public static boolean is(String domain) {
        return domain.indexOf('.') < 0
                || (InternetDomainName.isValid(domain) && InternetDomainName.from(domain).isPublicSuffix());
    }
}
