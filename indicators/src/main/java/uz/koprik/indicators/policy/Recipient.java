package uz.koprik.indicators.policy;

/** Somebody who asks, or is sent something. */
public sealed interface Recipient {

    /** What it is called in reasons. */
    String name();

    /** Another centre, under the agreement with it. */
    record Partner(String name, Agreement agreement) implements Recipient {}

    /**
     * A member of this centre who works on its cases.
     *
     * @param units on which; the others are not there for them
     */
    record Analyst(String name, CaseUnits units) implements Recipient {

        /** One who works on all. */
        public Analyst(String name) {
            this(name, CaseUnits.ALL);
        }
    }

    /** A member of this centre who has nothing to do with its cases: sees neither them nor that a value is in one. */
    record Operator(String name) implements Recipient {}

    /** An ordinary TAXII account at this centre, given objects up to a marking; never a personal one. */
    record Client(String name, Tlp maxTlp) implements Recipient {}
}
