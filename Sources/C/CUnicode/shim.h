#pragma once
#include <idn2.h>
#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>
