package uz.koprik.indicators.cases;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Where two merged cases contradicted one another, and what holds now. Cases keep only the words of the sentence. */
public enum MergeRemark implements SentenceKind {
    /** The types of crime differ. */
    @English("The type of {number} was {was}; {holds} holds.")
    TYPE,
    /** The roles of one value differ. */
    @English("The role of {kind} {value} was {was} in {number}; {holds} holds.")
    ROLE,
    /** One loss is in both cases. */
    @English("The loss of {loss} is in both cases; it is counted once.")
    SAME_LOSS,
    /** Two losses have the same note and currency. */
    @English("The loss of {loss} of {number} has the note and currency of {other}; both are kept.")
    LIKE_LOSS
}
