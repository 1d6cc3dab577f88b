package uz.koprik.gateway.api.objects;

import java.util.List;
import uz.koprik.gateway.api.common.UnprovenView;

/**
 * What lies around an object; the schema {@code Graph}.
 *
 * @param id the object in the middle
 * @param nodes objects, the one in the middle first, nearer ones before farther ones
 * @param values that several of them carry, or could
 * @param edges between objects, and between objects and values
 * @param limits what was looked at at most
 * @param cut where there is more than is shown
 */
record Neighbourhood(String id, List<Node> nodes, List<Value> values, List<Edge> edges, Limits limits, List<Cut> cut) {

    /**
     * An object.
     *
     * @param id STIX id
     * @param type STIX type
     * @param title its name, or number and title of a case file
     * @param caseNumber when it is a case file
     * @param producer {@code created_by_ref}
     * @param producerCentre the centre that owns the producer, by the trust list
     * @param receivedFrom the partner it came from; absent for this centre
     * @param received when it was added here
     * @param unproven why it is not proven any more; absent when it is, or never was
     * @param distance steps from the middle
     */
    record Node(
            String id,
            String type,
            String title,
            String caseNumber,
            String producer,
            String producerCentre,
            String receivedFrom,
            String received,
            UnprovenView unproven,
            int distance) {}

    /**
     * A value.
     *
     * @param id {@code kind:value}, as the edges call it
     * @param kind of the value
     * @param value in normal form
     * @param count how many objects carry it, as far as the caller may see
     * @param silencedBy the warning list that says it is common; its carriers are not shown then
     */
    record Value(String id, String kind, String value, Long count, String silencedBy) {}

    /**
     * A connection.
     *
     * @param from id of an object
     * @param to id of an object or of a value
     * @param label the relationship type, the property that refers, or {@code carries}
     * @param via id of the relationship that says so, when one does
     * @param unproven why that relationship is not proven any more; absent otherwise
     */
    record Edge(String from, String to, String label, String via, UnprovenView unproven) {

        /** A connection that one of its ends makes itself. */
        Edge(String from, String to, String label) {
            this(from, to, label, null, null);
        }
    }

    /**
     * Bounds of the work.
     *
     * @param depth steps from the middle
     * @param nodes objects altogether
     * @param perNode references a node, and objects that refer to it
     * @param valuesPerNode values a node
     * @param carriersPerValue objects per value
     */
    record Limits(int depth, int nodes, int perNode, int valuesPerNode, int carriersPerValue) {}

    /**
     * Something that was left out.
     *
     * @param at id of the node or value; absent when it is the number of nodes
     * @param what {@code references}, {@code referrers}, {@code values}, {@code carriers} or {@code nodes}
     * @param shown how many are shown
     * @param there how many there are, as far as the caller may see
     */
    record Cut(String at, String what, long shown, long there) {}
}
