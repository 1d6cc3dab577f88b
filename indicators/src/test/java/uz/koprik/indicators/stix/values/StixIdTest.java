package uz.koprik.indicators.stix.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StixIdTest {

    private static final String UUID = "8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "indicator--" + UUID,
                "x-example-com-custom--" + UUID,
                "ipv4-addr--b4e29b62-2053-57c4-bab4-bbce39e5ed67"
            })
    void acceptsTypeAndUuid(String id) {
        assertTrue(StixId.isId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                UUID,
                "--" + UUID,
                "ab--" + UUID,
                "Indicator--" + UUID,
                "1indicator--" + UUID,
                "indi_cator--" + UUID,
                "indicator-" + UUID,
                "indicator---" + UUID,
                "indicator--8e2e2d2b17d4-4cbf-938f-98ee46b3cd3f-",
                "indicator--8e2e2d2b-17d4-0cbf-938f-98ee46b3cd3f",
                "indicator--8e2e2d2b-17d4-4cbf-c38f-98ee46b3cd3f",
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3g",
                "indicator--" + UUID + " ",
                " indicator--" + UUID,
                "ipv4-addr--B4E29B62-2053-57C4-BAB4-BBCE39E5ED67",
                "ipv4-addr--b4e29b62-2053-57c4-bab4-bbce39e5ed6A",
                "ipv4-addr--b4e29b62-2053-57c4-Bab4-bbce39e5ed67"
            })
    void refusesTheRest(String id) {
        assertFalse(StixId.isId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "indicator--8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3F",
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3F",
                "Indicator--" + UUID,
                "INDICATOR--8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3F"
            })
    void knowsAnotherSpellingAndSaysTheRightOne(String id) {
        assertFalse(StixId.isId(id));
        assertTrue(StixId.isOtherSpelling(id));
        assertEquals(
                "a STIX id is written in lower case: use indicator--" + UUID,
                StixId.objection(id).orElseThrow());
    }

    @Test
    void saysWhatAnIdIs() {
        assertTrue(StixId.objection("indicator--" + UUID).isEmpty());
        assertTrue(StixId.objection("indicator").orElseThrow().startsWith("this is no STIX id"));
        assertFalse(StixId.isOtherSpelling("indicator--" + UUID));
        assertFalse(StixId.isOtherSpelling("indicator--8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3G"));
    }

    @Test
    void knowsTheTypeOfAnId() {
        assertEquals("x-example", StixId.typeOf("x-example--" + UUID));
        assertTrue(StixId.hasType("file--" + UUID, "file"));
        assertFalse(StixId.hasType("file-x--" + UUID, "file"));
    }

    @Test
    void boundsTypeNames() {
        assertTrue(StixId.isType("a".repeat(250)));
        assertFalse(StixId.isType("a".repeat(251)));
        assertFalse(StixId.isType("a--b"));
        assertFalse(StixId.isType("abc-"));
    }
}
