package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Who has which name. A name stays with the person who had it first, also when the provider gives it to somebody else:
 * histories and saved searches never change hands.
 */
final class PersonNames {

    private final StateStore papers;
    private final String issuer;
    private final Predicate<String> account;

    /** @param account whether this centre has an account of that name */
    PersonNames(StateStore papers, String issuer, Predicate<String> account) {
        this.papers = papers;
        this.issuer = issuer;
        this.account = account;
    }

    /**
     * The name of a person in this centre, always the same.
     *
     * @param claimed the name at the provider
     * @param subject the person at the provider
     */
    String of(String claimed, String subject) throws StoreUnavailable {
        String name = PersonName.of(claimed, subject);
        return !account.test(name) && owns(name, subject) ? name : PersonName.distinct(name, subject);
    }

    /** Whether the name is that person's; it becomes so when it was nobody's. */
    private boolean owns(String name, String subject) throws StoreUnavailable {
        String paper = "oidc-names/" + name;
        byte[] person = Sha256.hex(Sha256.of((issuer + '\0' + subject).getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
        Optional<StateStore.Paper> there = papers.read(paper);
        if (there.isEmpty()) {
            papers.replace(paper, "", person);
            there = papers.read(paper);
        }
        return there.filter(found -> Arrays.equals(found.content(), person)).isPresent();
    }
}
