package uz.koprik.gateway.recalls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.stix.RecallReceipt;
import uz.koprik.indicators.wording.Sentence;

/**
 * How far a recall got.
 *
 * @param centres everyone who has the object or may have it, as far as this centre knows
 */
public record RecallStatus(List<Centre> centres) {

    public RecallStatus {
        centres = List.copyOf(centres);
    }

    /** What is known of one centre. */
    public enum State {
        /** It signed that it no longer gives the object, or follows the narrower marking. */
        DONE,
        /** It signed that it does not have the object. */
        ABSENT,
        /** It signed that it did nothing. */
        REFUSED,
        /** It signed that it gave the object up, and was seen to have it still. */
        CONTRADICTED,
        /** A receipt came through a relay, and its signer is unknown here. */
        UNVERIFIED,
        /** No receipt came yet. */
        WAITING,
        /** It knows no recalls: an earlier version, or an ordinary TAXII server. */
        CANNOT_CONFIRM,
        /** It is no partner any more. */
        GONE;

        /** On the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One centre.
     *
     * @param via name of the relay that may have given it the object; empty for a partner of this centre
     * @param sent whether the object was sent to it; otherwise it could fetch it
     * @param at when its receipt was signed
     * @param seen when a partner was last in contact
     * @param handedOn names of those to whom it may have given the object
     * @param detail why it refused, or why it is not reached: of a {@link RecallDetail} or an
     *     {@link uz.koprik.gateway.trouble.ExchangeTrouble}
     */
    public record Centre(
            String name,
            String via,
            boolean sent,
            State state,
            Optional<Instant> at,
            Optional<Instant> seen,
            List<String> handedOn,
            Optional<Sentence> detail) {

        public Centre {
            handedOn = List.copyOf(handedOn);
        }

        boolean confirmed() {
            return state == State.DONE || state == State.ABSENT;
        }
    }

    /** How many centres confirmed. */
    public int confirmed() {
        return (int) centres.stream().filter(Centre::confirmed).count();
    }

    /** Whether everybody confirmed. */
    public boolean complete() {
        return confirmed() == centres.size();
    }

    /** Finds out how far recalls got. */
    public static final class Reader {

        private final RecallBook book;
        private final RecallExchange exchange;
        private final Function<String, Optional<Instant>> seen;

        /** @param seen when a partner was last in contact, by its name */
        public Reader(RecallBook book, RecallExchange exchange, Function<String, Optional<Instant>> seen) {
            this.book = book;
            this.exchange = exchange;
            this.seen = seen;
        }

        /** How far a recall got, as far as this centre knows. */
        public RecallStatus of(RecallRecord record) {
            List<Centre> centres = new ArrayList<>();
            Set<String> shown =
                    new HashSet<>(List.of(book.own().identity(), record.recall().producer()));
            book.speaker(record.recall().producer())
                    .map(TrustedCentre::identity)
                    .ifPresent(shown::add);
            for (RecallRecord.Target target : record.targets()) {
                centres.add(direct(record, target));
                target.identity().ifPresent(shown::add);
            }
            for (RecallRecord.SignedReceipt relay : record.receipts()) {
                for (RecallReceipt.HandedOn one : relay.receipt().handedOn()) {
                    if (one.identity().filter(id -> !shown.add(id)).isEmpty()) {
                        centres.add(behind(record, relay, one));
                    }
                }
            }
            return new RecallStatus(centres);
        }

        private Centre direct(RecallRecord record, RecallRecord.Target target) {
            Optional<Instant> contact = seen.apply(target.name());
            Optional<RecallRecord.SignedReceipt> receipt = target.identity().flatMap(record::receipt);
            if (receipt.isPresent()) {
                return receipted(record, target.name(), "", target.sent(), receipt.get(), contact);
            }
            State state = State.WAITING;
            Optional<Sentence> detail = Optional.empty();
            if (target.identity().isEmpty()) {
                state = State.CANNOT_CONFIRM;
                detail = said(RecallDetail.NO_RECALLS);
            } else if (book.partner(target.name()).isEmpty()) {
                state = State.GONE;
                detail = said(RecallDetail.NOT_TRUSTED);
            } else {
                RecallExchange.Contact exchanged =
                        exchange.contact(target.identity().get());
                detail = exchanged.trouble();
                if (exchanged.unable()) {
                    state = State.CANNOT_CONFIRM;
                    detail = said(RecallDetail.EARLIER_VERSION);
                }
            }
            return new Centre(target.name(), "", target.sent(), state, Optional.empty(), contact, List.of(), detail);
        }

        private static Optional<Sentence> said(RecallDetail kind, Object... values) {
            return Optional.of(kind.of(values));
        }

        private Centre behind(RecallRecord record, RecallRecord.SignedReceipt relay, RecallReceipt.HandedOn one) {
            String via = book.speaker(relay.receipt().centre())
                    .map(TrustedCentre::name)
                    .orElse(relay.receipt().centre());
            Optional<RecallRecord.SignedReceipt> receipt = one.identity().flatMap(record::receipt);
            if (receipt.isPresent()) {
                return receipted(record, one.name(), via, one.sent(), receipt.get(), Optional.empty());
            }
            State state = one.identity().isEmpty() ? State.CANNOT_CONFIRM : State.WAITING;
            return new Centre(
                    one.name(),
                    via,
                    one.sent(),
                    state,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }

        private Centre receipted(
                RecallRecord record,
                String name,
                String via,
                boolean sent,
                RecallRecord.SignedReceipt signed,
                Optional<Instant> seen) {
            RecallReceipt receipt = signed.receipt();
            Map<String, Instant> contradicted = record.contradicted();
            Instant still = contradicted.get(receipt.centre());
            State state =
                    switch (receipt.outcome()) {
                        case DONE -> State.DONE;
                        case ABSENT -> State.ABSENT;
                        case REFUSED -> State.REFUSED;
                    };
            Optional<Sentence> detail = Optional.of(receipt.reason())
                    .filter(reason -> !reason.isEmpty())
                    .map(reason -> Sentence.recognised(RecallDetail.values(), reason));
            if (!book.proves(signed)) {
                state = State.UNVERIFIED;
                detail = said(RecallDetail.UNPROVEN, signed.via());
            } else if (still != null) {
                state = State.CONTRADICTED;
                detail = said(RecallDetail.CONTRADICTED, still);
            }
            return new Centre(
                    name,
                    via,
                    sent,
                    state,
                    Optional.of(receipt.created()),
                    seen,
                    receipt.handedOn().stream()
                            .map(RecallReceipt.HandedOn::name)
                            .toList(),
                    detail);
        }
    }
}
