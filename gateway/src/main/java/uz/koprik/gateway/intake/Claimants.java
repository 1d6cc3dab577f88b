package uz.koprik.gateway.intake;

import java.time.Instant;
import java.util.Set;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Claimant;

/** Which objects a submitter may learn of: the same as release shows it. */
final class Claimants {

    private final Trust trust;
    private final Partners partners;

    Claimants(Trust trust, Partners partners) {
        this.trust = trust;
        this.partners = partners;
    }

    Claimant of(Source source, Instant now) {
        return switch (source) {
            case Source.Partner partner ->
                new Claimant(
                        Audience.of(
                                trust.recipient(
                                        partner.name(),
                                        partners.partner(partner.name()).agreement()),
                                now),
                        partner.name(),
                        trust.producers(partner.name()));
            case Source.Account account
            when account.upTo().isPresent() ->
                account(Audience.of(
                        new Recipient.Client(account.name(), account.upTo().get(), partners.closedSources()), now));
            case Source.Account account when account.units().all() -> Claimant.MEMBER;
            case Source.Account account ->
                account(Audience.of(new Recipient.Analyst(account.name(), account.units()), now));
        };
    }

    private static Claimant account(Audience audience) {
        return new Claimant(audience, "", Set.of());
    }
}
