#ifndef BUSDRIVER_CYAML_H
#define BUSDRIVER_CYAML_H

#include <yaml.h>

#endif
