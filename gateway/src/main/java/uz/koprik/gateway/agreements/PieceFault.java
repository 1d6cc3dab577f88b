package uz.koprik.gateway.agreements;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a centre does not take a signed piece of another one. */
public enum PieceFault implements SentenceKind {
    @English("{partner} is on the trust list no more")
    UNKNOWN_SENDER,
    /** There are too many already. */
    @English("{said}")
    FULL,
    @English("a text or notice has at most {bytes} bytes")
    TOO_LARGE,
    /** It breaks rules of its form. */
    @English("{said}")
    INVALID,
    /** Its signature does not hold. */
    @English("{said}")
    SIGNATURE,
    @English("the parties do not include both {partner} and this centre")
    OTHER_GROUP,
    @English("the parties are not {partner} and this centre")
    OTHER_PAIR,
    @English("the version is of the future; one of the two clocks is wrong")
    FUTURE_VERSION,
    @English("another version of this agreement has another creation time")
    OTHER_CREATION,
    @English("another version of this agreement has other parties")
    OTHER_PARTIES,
    @English("no version with this digest is here: the text was changed, or its proposer did not send it")
    UNKNOWN_VERSION,
    @English("the version with this digest belongs to another agreement")
    OTHER_AGREEMENT,
    @English("this is no party of the agreement")
    NO_PARTY,
    @English("this party cannot {act} the version")
    NOT_ALLOWED,
    @English("the notice is of the future; one of the two clocks is wrong")
    FUTURE_NOTICE,
    @English("article 8 asks for {count} days between notice and end")
    TOO_EARLY;
}
