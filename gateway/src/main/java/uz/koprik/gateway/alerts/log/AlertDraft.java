package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;
import uz.koprik.gateway.casematch.CaseMatch;

/** An alert before it has a sequence number. */
public interface AlertDraft {

    /** The id that the alert will have. */
    UUID id();

    /** The alert. */
    Alert numbered(long seq, Instant now);

    /** The draft of the alert of a notice. */
    static AlertDraft of(Notice notice) {
        return new AlertDraft() {
            @Override
            public UUID id() {
                return notice.id();
            }

            @Override
            public Alert numbered(long seq, Instant now) {
                return new OperatorAlert(seq, now, notice);
            }
        };
    }

    /** The draft of the alert of a match. */
    static AlertDraft of(CaseMatch match) {
        UUID id = Alert.id(match);
        return new AlertDraft() {
            @Override
            public UUID id() {
                return id;
            }

            @Override
            public Alert numbered(long seq, Instant now) {
                return Alert.of(seq, match, now);
            }
        };
    }
}
