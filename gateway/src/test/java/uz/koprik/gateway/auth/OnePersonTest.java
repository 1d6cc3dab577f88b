package uz.koprik.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has an account here and one at the provider is no second person. */
class OnePersonTest {

    @ParameterizedTest
    @CsvSource({
        "anna, anna, true",
        "anna, oidc.anna, true",
        "oidc.anna, anna, true",
        "oidc.anna.3f9a01c2, anna, true",
        "oidc.anna, oidc.anna, true",
        "anna, bela, false",
        "anna, oidc.anna-maria, false",
        "oidc.anna, oidc.anna.3f9a01c2, false",
        "oidc.oidc.anna, oidc.anna, false"
    })
    void namesSayWhoCanBeOnePerson(String one, String other, boolean same) {
        assertEquals(same, Account.onePerson(one, other));
    }
}
