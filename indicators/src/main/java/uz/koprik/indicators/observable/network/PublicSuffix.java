package uz.koprik.indicators.observable.network;

import com.google.common.net.InternetDomainName;

/**
 * Domains under which anybody may register names ({@code uz}, {@code co.uk}, {@code github.io}): two names below one of
 * them have nothing in common. The list is the public suffix list, as Guava ships it.
 */
public final class PublicSuffix {

    private PublicSuffix() {}

    /** Whether {@code domain}, in normal form, is one; single labels always are. */
    public static boolean is(String domain) {
        return length(domain) == domain.length();
    }

    /**
     * How many characters at the end of {@code domain}, in normal form, are the public suffix below which it was
     * registered, or which it is: of the domains above it those that are not longer are public suffixes, too.
     */
    public static int length(String domain) {
        int dot = domain.indexOf('.');
        if (dot < 0) {
            return domain.length();
        }
        try {
            InternetDomainName suffix = InternetDomainName.from(domain).publicSuffix();
            return suffix == null
                    ? domain.length() - domain.lastIndexOf('.') - 1
                    : suffix.toString().length();
        } catch (IllegalArgumentException odd) {
            return length(domain.substring(dot + 1)); // a label that no registry takes; what is above may be in order
        }
    }
}
