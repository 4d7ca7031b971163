/** SASL mechanisms, both sides of them, and the credentials that servers check. */
module io.memring.sasl {
    requires static transitive org.jspecify;

    exports io.memring.sasl;
}
