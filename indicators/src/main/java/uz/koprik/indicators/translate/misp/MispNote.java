package uz.koprik.indicators.translate.misp;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What is said of a part of a MISP event that is not used, or is read in another way. */
public enum MispNote implements SentenceKind {
    @English("it has no \"info\", so it is no MISP event")
    MISP_NO_EVENT,
    @English("it has nothing in it that could be translated")
    MISP_EMPTY_EVENT,
    @English("it has no UUID to be known by")
    MISP_ORGANISATION_WITHOUT_UUID,
    @English("who is in it is not known here; everything is marked TLP:AMBER+STRICT")
    MISP_SHARING_GROUP,
    @English("it lies after the last change of the event")
    MISP_LATE_DATE,
    @English("it is no time that can be read")
    MISP_NO_TIME,
    @English("it is no JSON object")
    MISP_NO_OBJECT,
    @English("STIX has no place for it")
    MISP_NO_PLACE,
    @English("attached files and samples are not carried over")
    MISP_FILES,
    @English("it is marked TLP:AMBER+STRICT at least")
    MISP_MARKED_STRICT,
    @English("only the TLP tag says who may have it")
    MISP_TAG_DECIDES,
    @English("STIX does not take it: {said}")
    MISP_STIX_REFUSES,
    @English("the event has it twice, with differences; the first one counts")
    MISP_TWICE,
    @English("it is missing or none; another was derived from the contents")
    MISP_DERIVED_UUID,
    @English("another part of the event has {uuid} too; this one is known as {known}")
    MISP_REPEATED_UUID,

    @English("it has no type")
    MISP_NO_TYPE,
    @English("the type {type} is not known here; the value is kept as a note and not compared")
    MISP_UNKNOWN_TYPE,
    @English("it stands twice in the event and is stored once")
    MISP_REPEATED,
    @English("the value is empty")
    MISP_EMPTY_VALUE,
    @English("a whole number is expected")
    MISP_NO_NUMBER,
    @English("two values with a bar between them are expected")
    MISP_NO_BAR,
    @English("not a valid {kind}: {said}")
    MISP_INVALID_VALUE,
    @English("{said}; the value is kept as a note and not compared")
    MISP_KEPT_AS_NOTE,
    @English("{said}; the value is kept as a text and not compared")
    MISP_KEPT_AS_TEXT,
    @English("it is stored without the blanks around it and not defanged")
    MISP_CORRECTED,
    @English("security codes of cards must never be kept (PCI DSS, 3.3)")
    MISP_SECURITY_CODE,
    @English("whole card numbers are never kept")
    MISP_CARD_NUMBER,
    @English("an indicator says until when it holds, not when it was last seen")
    MISP_LAST_SEEN,

    @English("it has no name")
    MISP_TAG_WITHOUT_NAME,
    @English("local tags are for the MISP server they were set on")
    MISP_LOCAL_TAG,
    @English("labels of this form say what MISP's own fields say")
    MISP_RESERVED_TAG,
    @English("TLP 2.0 has no such marking; it is kept as a label and restricts nothing")
    MISP_UNKNOWN_TLP,

    @English("STIX has no object for the galaxy {galaxy} that is known here")
    MISP_UNKNOWN_GALAXY,
    @English("it has neither a value nor a tag name to be known by")
    MISP_NAMELESS_CLUSTER,
    @English("it is none; the cluster is known by its value")
    MISP_CLUSTER_UUID,
    @English("it stands in the galaxy under the UUID that is kept")
    MISP_CLUSTER_META,
    @English("an earlier version of Koprik stored another cluster with the same UUID as {earlier}; this one is now {id}"
            + " (koprik store clusters lists such objects)")
    MISP_MIXED_CLUSTERS,

    @English("an expiration is one organisation's word and does not end an indicator")
    MISP_EXPIRATION,
    @English("it is of no kind STIX has")
    MISP_OTHER_SIGHTING,
    @English("an opinion has no place for it")
    MISP_OPINION_SOURCE,

    @English("the template {template} is not known here; its attributes are taken one by one")
    MISP_UNKNOWN_TEMPLATE,
    @English(
            "it has no members that STIX could say together (template {template}); its attributes are taken one by one")
    MISP_TAKEN_ONE_BY_ONE,
    @English("it is empty")
    MISP_EMPTY_OBJECT,
    @English("one of its ends was not translated as an object of its own")
    MISP_REFERENCE_END,
    @English("a relationship type is of a-z, 0-9 and hyphens")
    MISP_REFERENCE_TYPE;
}
