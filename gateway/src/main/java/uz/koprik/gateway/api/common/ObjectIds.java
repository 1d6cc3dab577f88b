package uz.koprik.gateway.api.common;

import java.util.HashSet;
import java.util.List;
import uz.koprik.indicators.stix.values.StixId;

/** The member {@code ids} of a form. */
public final class ObjectIds {

    private ObjectIds() {}

    /**
     * What a form says.
     *
     * @param ids null when it says nothing
     * @param most how many are allowed
     * @return ids of objects, each once, at least one
     * @throws uz.koprik.gateway.http.Problem 400 with the place of what is wrong
     */
    public static List<String> read(List<String> ids, int most) {
        if (ids == null || ids.isEmpty() || ids.size() > most || ids.contains(null)) {
            throw ApiJson.bad("\"ids\" is a list of 1 to " + most + " ids of objects");
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            throw ApiJson.bad("\"ids\" names an object twice");
        }
        for (int i = 0; i < ids.size(); i++) {
            if (!StixId.isId(ids.get(i))) {
                throw ApiJson.bad("the text at /ids/" + i + " is no STIX id such as indicator--…");
            }
        }
        return ids;
    }
}
