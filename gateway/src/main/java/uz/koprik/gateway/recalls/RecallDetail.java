package uz.koprik.gateway.recalls;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a centre refused a recall, or is not reached by it. A signed receipt has the sentence alone. */
public enum RecallDetail implements SentenceKind {
    @English("an ordinary TAXII server knows no recalls")
    NO_RECALLS,
    @English("it is on the trust list no more")
    NOT_TRUSTED,
    @English("it runs a version that knows no recalls")
    EARLIER_VERSION,
    @English("its keys are not on the trust list; {relay} sent its receipt")
    UNPROVEN,
    @English("it still gave the object on {at}")
    CONTRADICTED,
    @English("another recall with this id is here: it was changed")
    CHANGED,
    @English("the recall is of the future; one of the two clocks is wrong")
    FUTURE,
    @English("there are {count} recalls here already")
    FULL,
    @English("no centre on the trust list here speaks for its producer")
    UNKNOWN_PRODUCER,
    @English("another centre made this object, and only its producer recalls it")
    NOT_ITS_OBJECT,
    @English("its signature does not prove it: {said}")
    SIGNATURE;
}
