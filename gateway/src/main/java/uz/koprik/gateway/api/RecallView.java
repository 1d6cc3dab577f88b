package uz.koprik.gateway.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallRecord;
import uz.koprik.gateway.recalls.RecallStatus;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

/**
 * A recall with how far it got; the schema {@code Recall} says what each part is.
 *
 * @param by name of the centre that recalled, or its identity when it is on no list
 * @param ours whether this centre recalled
 * @param from the partner that sent it; absent for one of this centre
 * @param outcome what this centre answered; absent for one of its own
 */
record RecallView(
        String id,
        String object,
        String act,
        String tlp,
        String reason,
        String created,
        String by,
        boolean ours,
        String from,
        String outcome,
        int confirmed,
        int total,
        boolean complete,
        List<CentreView> centres) {

    static RecallView of(RecallRecord record, RecallBook book, RecallStatus status) {
        return new RecallView(
                record.recall().id(),
                record.recall().object(),
                record.recall().act().word(),
                record.recall().tlp().map(Tlp::label).orElse(null),
                record.recall().reason(),
                record.recall().created().toString(),
                book.producer(record),
                book.ours(record),
                record.from().isEmpty() ? null : record.from(),
                record.receipt(book.own().identity())
                        .map(receipt -> receipt.receipt().outcome().word())
                        .orElse(null),
                status.confirmed(),
                status.centres().size(),
                status.complete(),
                status.centres().stream().map(CentreView::of).toList());
    }

    /** One centre that has the object or may have it; the schema {@code RecallCentre}. */
    record CentreView(
            String name,
            String via,
            boolean sent,
            String state,
            String signed,
            String lastSeen,
            List<String> handedOn,
            String detail,
            String detailCode,
            Map<String, String> detailDetails) {

        static CentreView of(RecallStatus.Centre centre) {
            return new CentreView(
                    centre.name(),
                    centre.via().isEmpty() ? null : centre.via(),
                    centre.sent(),
                    centre.state().word(),
                    centre.at().map(Instant::toString).orElse(null),
                    centre.seen().map(Instant::toString).orElse(null),
                    centre.handedOn().isEmpty() ? null : centre.handedOn(),
                    centre.detail().map(Sentence::text).orElse(null),
                    centre.detail().map(Sentence::code).orElse(null),
                    centre.detail().map(Sentence::details).orElse(null));
        }
    }
}
