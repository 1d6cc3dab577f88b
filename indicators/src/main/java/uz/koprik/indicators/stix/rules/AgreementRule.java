package uz.koprik.indicators.stix.rules;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What the text of an agreement demands, as {@link Fault#rule} says it. */
public enum AgreementRule implements SentenceKind {
    @English("it is missing")
    MISSING,
    @English("a timestamp such as 2027-06-30T00:00:00Z is required")
    TIMESTAMP,
    @English("a moment after valid_from is required")
    END_AFTER_BEGIN,
    @English("a whole number from {least} to {most} is required")
    WHOLE_NUMBER,
    @English("true or false is required")
    TRUE_OR_FALSE,
    @English("a text of at most {most} characters is required")
    TEXT_OR_NONE,
    @English("a text of {least} to {most} characters is required")
    TEXT,
    @English("a list of {least} to {most} texts is required")
    TEXTS,
    @English("one line of 1 to {most} characters is required")
    LINE,
    @English("a list of 2 to {most} parties is required")
    PARTIES,
    @English("different parties are required")
    DIFFERENT_PARTIES,
    @English("a list of 1 to {most} contact points is required")
    CONTACTS,
    @English("mailto:ADDRESS, tel:NUMBER or https://PAGE is required")
    CONTACT,
    @English("this is no code of a kind of observables")
    KIND,
    @English("at most {most} kinds are taken")
    MANY_KINDS,
    @English("TLP:CLEAR, TLP:GREEN, TLP:AMBER or TLP:AMBER+STRICT is required; TLP:RED goes to named recipients only")
    CEILING;
}
