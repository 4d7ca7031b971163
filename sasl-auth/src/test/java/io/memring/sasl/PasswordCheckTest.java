package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Name and password against a store. */
class PasswordCheckTest {
    private final CredentialStore store =
            TestUsers.store(TestUsers.user("ann", "correct horse"), TestUsers.user("bob", "b"));

    @Test
    void rightPassword_firstAndLaterTimes_isTheUser() {
        for (int i = 0; i < 3; i++) {
            assertThat(store.checkPassword("ann", "correct horse"))
                    .isEqualTo(new Account("ann", Permissions.ALL));
        }
    }

    @Test
    void wrongPassword_afterARightOne_isNobody() {
        assertThat(store.checkPassword("ann", "correct horse")).isNotNull();

        assertThat(store.checkPassword("ann", "correct hors")).isNull();
        assertThat(store.checkPassword("ann", "correct horse ")).isNull();
        assertThat(store.checkPassword("bob", "correct horse")).isNull();
        assertThat(store.checkPassword("Ann", "correct horse")).isNull();
        assertThat(store.checkPassword("", "correct horse")).isNull();
        assertThat(store.checkPassword("ann", "")).isNull();
    }

    @Test
    void composedAndDecomposedLetters_areTheSamePassword() {
        CredentialStore umlaut = TestUsers.store(TestUsers.user("eve", "gr\u00fcn"));

        assertThat(umlaut.checkPassword("eve", "gru\u0308n")).isNotNull();
        assertThat(umlaut.checkPassword("eve", "gr\u00fc\u00adn")).isNotNull();
        assertThat(umlaut.checkPassword("eve", "gr\u00fcn\u202e")).isNull();
    }

    @Test
    void storeWithoutUsers_letsNobodyIn() {
        assertThat(TestUsers.store().checkPassword("ann", "x")).isNull();
        assertThat(new PasswordStore(List.of(), TestUsers.secret()).checkPassword("ann", "x"))
                .isNull();
    }

    @Test
    void userForCertificatesAlone_hasNoPassword() {
        CredentialStore only =
                TestUsers.store(Credential.of(new Account("c", Permissions.ALL), List.of(), null));

        assertThat(only.checkPassword("c", "c")).isNull();
        assertThat(only.account("c")).isNotNull();
    }

    @Test
    void readablePasswords_severalOfOneUser_areAllRight() {
        CredentialStore passwords =
                new PasswordStore(
                        List.of(
                                new PasswordStore.Entry("ann", "old"),
                                new PasswordStore.Entry("bob", "x"),
                                new PasswordStore.Entry("ann", "new")),
                        TestUsers.secret());

        assertThat(passwords.checkPassword("ann", "old")).isNotNull();
        assertThat(passwords.checkPassword("ann", "new")).isNotNull();
        assertThat(passwords.checkPassword("ann", "x")).isNull();
        assertThat(passwords.size()).isEqualTo(2);
    }
}
