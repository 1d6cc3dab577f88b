package uz.koprik.indicators.translate.misp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.translate.Translation;
import uz.koprik.indicators.translate.Untranslatable;

/** Collects the objects of a translation; every object must pass the rules of STIX. */
final class Emitter {

    private final Map<String, StixObject> objects = new LinkedHashMap<>();
    /** JSON pointers to what the objects were made of, by their ids. */
    private final Map<String, String> places = new HashMap<>();

    private final List<Untranslatable> unexpressed = new java.util.ArrayList<>();

    /** Adds an object, once; false when it breaks a rule, and then it is listed. */
    boolean emit(JsonObject json, String where, String what) {
        try {
            StixObject object = StixReader.read(CanonicalJson.bytes(json));
            keep(object, where);
            return true;
        } catch (InvalidObject e) {
            Fault fault = e.faults().getFirst();
            add(Untranslatable.whole(
                    where,
                    what,
                    MispNote.MISP_STIX_REFUSES.of(
                            fault.rule() + (fault.section().isEmpty() ? "" : " (" + fault.section() + ')'))));
            return false;
        }
    }

    /** Adds all of several objects or none; false when one of them breaks a rule, which the caller deals with. */
    boolean emitAll(List<JsonObject> several, String where) {
        Map<String, StixObject> sound = new LinkedHashMap<>();
        for (JsonObject json : several) {
            try {
                StixObject object = StixReader.read(CanonicalJson.bytes(json));
                sound.put(object.id(), object);
            } catch (InvalidObject e) {
                return false;
            }
        }
        sound.values().forEach(object -> keep(object, where));
        return true;
    }

    void add(Untranslatable one) {
        unexpressed.add(one);
    }

    /** How much is listed so far, for {@link #forget}. */
    int listed() {
        return unexpressed.size();
    }

    /** Takes back what was listed since. */
    void forget(int listed) {
        unexpressed.subList(listed, unexpressed.size()).clear();
    }

    /** Ids of everything so far, in order. */
    List<String> ids() {
        return List.copyOf(objects.keySet());
    }

    Translation result() {
        return new Translation(List.copyOf(objects.values()), unexpressed, places);
    }

    private void keep(StixObject object, String where) {
        StixObject before = objects.putIfAbsent(object.id(), object);
        if (before == null) {
            places.put(object.id(), where);
        } else if (!Arrays.equals(before.bytes(), object.bytes())) {
            add(Untranslatable.part(where, object.type(), MispNote.MISP_TWICE.of()));
        }
    }
}
