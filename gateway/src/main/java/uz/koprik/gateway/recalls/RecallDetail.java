package uz.koprik.gateway.recalls;

import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a centre refused a recall, or is not reached by it. A signed receipt has the sentence alone. */
public enum RecallDetail implements SentenceKind {
    NO_RECALLS("an ordinary TAXII server knows no recalls"),
    NOT_TRUSTED("it is on the trust list no more"),
    EARLIER_VERSION("it runs a version that knows no recalls"),
    UNPROVEN("its keys are not on the trust list; {relay} sent its receipt"),
    CONTRADICTED("it still gave the object on {at}"),
    CHANGED("another recall with this id is here: it was changed"),
    FUTURE("the recall is of the future; one of the two clocks is wrong"),
    FULL("there are {count} recalls here already"),
    UNKNOWN_PRODUCER("no centre on the trust list here speaks for its producer"),
    NOT_ITS_OBJECT("another centre made this object, and only its producer recalls it"),
    SIGNATURE("its signature does not prove it: {error}");

    @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
    private final SentenceForm form;

    RecallDetail(String form) {
        this.form = new SentenceForm(form, "relay", "at", "count");
    }

    @Override
    public SentenceForm form() {
        return form;
    }
}
