// Where somebody wanted to go survives the login, and a wrong password, too.
document.forms[0].action += location.hash;
