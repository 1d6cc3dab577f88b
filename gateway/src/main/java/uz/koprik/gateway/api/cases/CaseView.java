package uz.koprik.gateway.api.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.cases.CaseChange;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseNote;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.cases.Loss;

/** A case file; the schema {@code CaseFile} says what each part is. */
record CaseView(
        String number,
        String title,
        String type,
        String status,
        String summary,
        String unit,
        String opened,
        String closed,
        String id,
        String version,
        List<CaseValueView> values,
        List<LossView> losses,
        List<String> incidents,
        List<String> cases,
        List<NoteView> notes,
        List<ShareView> shares,
        UnprovenView unproven) {

    /** A value of a case; the schema {@code CaseValue}. */
    record CaseValueView(String kind, String value, String role, String note) {

        static CaseValueView of(CaseObservable observable) {
            return new CaseValueView(
                    observable.observable().kind().code(),
                    observable.observable().value(),
                    observable.role().map(CaseObservable.Role::word).orElse(null),
                    absent(observable.note()));
        }
    }

    /** A loss; the schema {@code Loss}. */
    record LossView(String amount, String currency, String note) {

        static LossView of(Loss loss) {
            return new LossView(loss.amount().toPlainString(), loss.currency(), absent(loss.note()));
        }
    }

    /** A note; the schema {@code CaseNote}. */
    record NoteView(String author, String written, String text) {

        static NoteView of(CaseNote note) {
            return new NoteView(note.author(), note.written().toString(), note.text());
        }
    }

    /** What was shared of a case; the schema {@code CaseShare}. */
    record ShareView(
            String by, String at, String tlp, String parts, List<String> objects, List<WithdrawalView> withdrawals) {

        static ShareView of(CaseShare share) {
            return new ShareView(
                    share.by(),
                    share.at().toString(),
                    share.tlp().label(),
                    share.parts(),
                    share.objects(),
                    share.withdrawals().isEmpty()
                            ? null
                            : share.withdrawals().stream()
                                    .map(WithdrawalView::of)
                                    .toList());
        }
    }

    /** What was taken back of a share; the schema {@code ShareWithdrawal}. */
    record WithdrawalView(String by, String at, List<String> objects) {

        static WithdrawalView of(CaseShare.Withdrawal one) {
            return new WithdrawalView(one.by(), one.at().toString(), one.objects());
        }
    }

    /** Case files; the schema {@code CaseList}. */
    record Many(List<CaseView> cases, String next) {}

    /** A case after a change; the schema {@code CaseAnswer}. */
    record CaseAnswer(@JsonProperty("case") CaseView file, List<MatchView> matches, List<RefusedValue> refused) {}

    /** A value that was not taken; the schema {@code RefusedValue}. */
    record RefusedValue(String where, String reason) {}

    /** How a case came to be what it is; the schema {@code CaseHistory}. */
    record History(String number, List<StepView> versions) {}

    /** One version; the schema {@code CaseVersion}. */
    record StepView(String version, String at, String by, List<ChangeView> changes, UnprovenView unproven) {

        static StepView of(CaseService.Step step, Trust trust) {
            return new StepView(
                    Times.text(step.version()),
                    Times.text(step.at()),
                    step.by(),
                    step.changes().stream().map(ChangeView::of).toList(),
                    UnprovenView.of(trust, step.entry()));
        }
    }

    /** One difference; the schema {@code CaseDifference}. */
    record ChangeView(String part, String from, String to) {

        static ChangeView of(CaseChange change) {
            return new ChangeView(change.part(), absent(change.from()), absent(change.to()));
        }
    }

    static CaseView of(CaseService.StoredCase stored, Trust trust) {
        CaseFile file = stored.file();
        return new CaseView(
                file.number(),
                file.title(),
                file.crimeType(),
                file.status().name().toLowerCase(Locale.ROOT),
                absent(file.summary()),
                absent(file.ownerUnit()),
                file.opened().toString(),
                file.closed().map(Object::toString).orElse(null),
                stored.object().id(),
                Times.text(stored.object().version()),
                file.observables().stream().map(CaseValueView::of).toList(),
                file.losses().stream().map(LossView::of).toList(),
                file.incidents(),
                file.cases(),
                file.notes().stream().map(NoteView::of).toList(),
                file.shares().stream().map(ShareView::of).toList(),
                stored.entry().map(entry -> UnprovenView.of(trust, entry)).orElse(null));
    }

    private static String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}
