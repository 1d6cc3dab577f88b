package uz.koprik.indicators.observable.network;

import com.google.common.net.InternetDomainName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether names end in a label that somebody resolves: of the public suffix list, reserved, or of another root. */
public final class TopLevelDomains {

    /** RFC 2606, RFC 6762 and RFC 7686, names inside organisations, and roots beside that of ICANN. */
    private static final Set<String> OTHERS = Set.of(("example test invalid localhost local lan internal intranet corp"
                    + " home localdomain onion i2p bit bazar lib emc coin eth crypto arpa geek libre pirate oss chan indy"
                    + " parody bbs dyn gopher neo")
            .split(" ", -1));

    /** Labels that were found in the list; the list has fewer than two thousand. */
    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private TopLevelDomains() {}

    /** Whether the last label of a domain in normal form is known. */
    public static boolean isKnown(String domain) {
        String label = domain.substring(domain.lastIndexOf('.') + 1);
        if (OTHERS.contains(label) || KNOWN.contains(label)) {
            return true;
        }
        try {
            if (label.isEmpty() || InternetDomainName.from("a." + label).publicSuffix() == null) {
                return false;
            }
        } catch (IllegalArgumentException odd) {
            return false;
        }
        KNOWN.add(label);
        return true;
    }
}
