package uz.koprik.gateway.partners;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import uz.koprik.crypto.trust.RetiredCentre;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;

/**
 * How people name a key of the trust list: by the beginning of its thumbprint, or as {@code centre/number}. The numbers
 * of a centre begin with 1, in the order of the list; a removed centre has those after its keys on the list, if any.
 */
public final class KeyNames {

    private static final int SHORTEST = 4;

    private KeyNames() {}

    /**
     * A key and its name.
     *
     * @param name {@code centre/number}
     * @param centre whose key it is
     * @param removed whether that centre was removed from the list
     */
    public record NamedKey(String name, TrustedCentre centre, TrustedKey key, boolean removed) {

        /** On a line: name, thumbprint, and until when it is valid or since when it is compromised. */
        public String line() {
            return name + "  " + key.kid() + "  "
                    + key.compromisedSince()
                            .map(since -> "compromised since " + since)
                            .orElse("valid from " + key.validFrom() + " until " + key.validUntil())
                    + (removed ? ", removed" : "");
        }
    }

    /** No key has that name, or several have. */
    public static final class UnclearKey extends Exception {
        private static final long serialVersionUID = 1L;

        UnclearKey(String message) {
            super(message);
        }
    }

    /** A thumbprint as the last argument of a command: one that begins with a hyphen is no option. */
    public static String argument(String kid) {
        return kid.startsWith("-") ? "-- " + kid : kid;
    }

    /** All keys of a list: those of the centres in their order, then those of removed centres. */
    public static List<NamedKey> all(TrustList list) {
        List<NamedKey> all = new ArrayList<>();
        list.centres().forEach(centre -> add(all, centre, false));
        list.retired().stream().map(RetiredCentre::centre).forEach(centre -> add(all, centre, true));
        return all;
    }

    private static void add(List<NamedKey> all, TrustedCentre centre, boolean removed) {
        for (TrustedKey key : centre.keys()) {
            if (all.stream().noneMatch(known -> known.key().kid().equals(key.kid()))) {
                long number = 1
                        + all.stream()
                                .filter(known -> known.centre().name().equals(centre.name()))
                                .count();
                all.add(new NamedKey(centre.name() + "/" + number, centre, key, removed));
            }
        }
    }

    /**
     * The one key that {@code text} names.
     *
     * @throws UnclearKey when there is none or more than one: lists what there is
     */
    public static NamedKey find(TrustList list, String text) throws UnclearKey {
        List<NamedKey> all = all(list);
        List<NamedKey> found = all.stream()
                .filter(key -> key.name().equals(text)
                        || (text.length() >= SHORTEST && key.key().kid().startsWith(text)))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String lines = (found.isEmpty() ? all : found)
                .stream().map(key -> "\n  " + key.line()).collect(Collectors.joining());
        throw new UnclearKey(
                found.isEmpty()
                        ? "no key on the trust list has that name: write centre/number, or at least " + SHORTEST
                                + " characters of the thumbprint; there are:" + lines
                        : "that begins several thumbprints: write more of it, or centre/number:" + lines);
    }
}
