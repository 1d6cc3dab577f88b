package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.PartnerSettings;

/**
 * How the exchange with a partner goes.
 *
 * @param settings what holds for it
 * @param centre its entry on the trust list; empty for an ordinary TAXII server
 * @param memory how far it got and how it went
 * @param pushLag how many entries of the sequence were not looked at yet by the push
 * @param runner the gateway of this centre that runs the feeds, where there may be several
 * @param received what the partner pushed to this gateway, and when it last made a request
 * @param certificate end of the TLS certificate that it last showed; empty before the first connection of this process
 * @param card a card that it shows and that people should look at: refused, or waiting for them
 * @param fingerprint of its card in use; empty before it showed that card to this process
 * @param refusals the newest refused objects, newest first
 */
public record PartnerReport(
        PartnerSettings settings,
        Optional<TrustedCentre> centre,
        PartnerState.Memory memory,
        long pushLag,
        Optional<String> runner,
        PartnerState.Direction received,
        Optional<Instant> certificate,
        Optional<CardOffers.Verdict> card,
        Optional<String> fingerprint,
        List<RefusalLog.Line> refusals) {

    public PartnerReport {
        refusals = List.copyOf(refusals);
    }

    /** How a direction of the exchange is. */
    public enum Line {
        /** Switched off. */
        OFF,
        /** Nothing was tried yet. */
        NEW,
        /** The last round went through. */
        OK,
        /** The last round failed. */
        FAILING;

        /** For programs, such as {@code failing}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How fetching from it is. */
    public Line pullLine() {
        return line(settings.pull(), memory.in());
    }

    /** How sending to it is. */
    public Line pushLine() {
        return line(settings.push(), memory.out());
    }

    private static Line line(boolean on, PartnerState.Direction direction) {
        if (!on) {
            return Line.OFF;
        } else if (!direction.error().isEmpty()) {
            return Line.FAILING;
        }
        return direction.success().isPresent() ? Line.OK : Line.NEW;
    }

    /** When one side last heard from the other, in any direction. */
    public Optional<Instant> lastContact() {
        return Stream.of(memory.in().contact(), memory.out().contact(), received.contact())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
