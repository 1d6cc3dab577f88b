package uz.koprik.gateway.partners;

import java.util.Collection;

/**
 * How this centre deals with its partners, as of now. May change between two calls, when an operator changes the
 * settings of a running centre. Safe for use by many threads at once; never blocks.
 */
public interface Partners {

    /** The settings for that partner; the defaults when nothing was said about it. */
    PartnerSettings partner(String name);

    /** All partners about whom something was said. */
    Collection<PartnerSettings> all();
}
