package uz.koprik.gateway.api.objects;

import java.util.List;
import uz.koprik.gateway.api.common.UnprovenView;

/**
 * What happened to an object and around it, oldest first; the schema {@code Timeline}.
 *
 * @param id the object
 * @param events oldest first
 * @param cut where there is more than is listed
 */
record Timeline(String id, List<Event> events, List<Neighbourhood.Cut> cut) {

    /**
     * Something that happened.
     *
     * @param at when
     * @param what {@code created}, {@code modified}, {@code received}, {@code valid_from}, {@code valid_until},
     *     {@code first_seen}, {@code last_seen}, {@code first_observed}, {@code last_observed}, or {@code same_value}
     *     when another object that carries one of its values came in
     * @param id of the object that says so: the object itself, one that names it, or one that carries the same value
     * @param type STIX type of that
     * @param title what people call that
     * @param from the partner it came from; absent for this centre
     * @param unproven why that is not proven any more; absent when it is, or never was
     */
    record Event(String at, String what, String id, String type, String title, String from, UnprovenView unproven) {}
}
