package uz.koprik.indicators.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The articles of an agreement that both sides signed, by the numbers that its text and all reasons show. */
public enum Article {
    PARTIES(1, "parties"),
    PURPOSES(2, "purposes", "purpose_on_use"),
    KINDS(3, "kinds"),
    MARKING(4, "max_tlp"),
    RELAY(5, "relay"),
    RETENTION(6, "retention_days"),
    TERM(7, "valid_from", "valid_until"),
    TERMINATION(8, "notice_days"),
    LEGAL_BASIS(9, "legal_basis", "reference"),
    CONTACTS(10, "contacts", "own_contacts", "partner_contacts");

    private final int number;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes.
    private final Set<String> members;

    Article(int number, String... members) {
        this.number = number;
        this.members = Set.of(members);
    }

    /** As the text of an agreement counts. */
    public int number() {
        return number;
    }

    /**
     * The article that a place in a text or in a proposal belongs to.
     *
     * @param pointer JSON pointer (RFC 6901), such as {@code /valid_until} or {@code /parties/0/contacts/1}
     */
    public static Optional<Article> at(String pointer) {
        if (pointer.matches("/parties/[0-9]+/contacts(/.*)?")) {
            return Optional.of(CONTACTS);
        }
        String member = pointer.replaceFirst("^/([^/]*).*$", "$1");
        return Arrays.stream(values())
                .filter(article -> article.members.contains(member))
                .findFirst();
    }
}
